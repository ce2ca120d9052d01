package dev.lockkeeper.model;

import java.util.Optional;

/** The run ended before its work was done, for a reason outside that work. */
public sealed interface Interrupted extends Outcome {

    /** The change set under way, if there was one. */
    Optional<ChangeSetInfo> under();

    /** The run's own time limit passed. */
    record DeadlinePassed(String limit, Optional<ChangeSetInfo> under, boolean unheard) implements Interrupted {
        @Override
        public ExitCode exitCode() {
            return ExitCode.DEADLINE_PASSED;
        }

        @Override
        public String happened() {
            return "The deadline of " + limit + " passed" + Remains.sentence(under, unheard);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.deadlinePassed(this);
        }
    }

    /** The connection broke during the run. */
    record ConnectionLost(String reason, Optional<ChangeSetInfo> under) implements Interrupted {
        @Override
        public ExitCode exitCode() {
            return ExitCode.CONNECTION_LOST;
        }

        @Override
        public String happened() {
            return "The connection to the database was lost and not regained (" + reason + ")"
                    + Remains.sentence(under, true);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.connectionLost(this);
        }
    }

    /** SIGTERM, or SIGINT from a keyboard. */
    record Stopped(Optional<ChangeSetInfo> under, boolean unheard) implements Interrupted {
        @Override
        public ExitCode exitCode() {
            return ExitCode.STOPPED;
        }

        @Override
        public String happened() {
            return "Stopped by a signal" + Remains.sentence(under, unheard);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stopped(this);
        }
    }
}
