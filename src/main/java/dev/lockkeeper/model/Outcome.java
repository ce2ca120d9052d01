package dev.lockkeeper.model;

import java.util.Optional;

/** How a run ended: facts. What to do now depends on the command too, so it is said by {@code command.Advice}. */
public sealed interface Outcome
        permits Outcome.Done,
                Outcome.Answered,
                Refused,
                NotApplied,
                Interrupted,
                Outcome.HistoryLocked,
                Outcome.Defect {

    ExitCode exitCode();

    /** What happened, one or more whole sentences; may have several lines. */
    String happened();

    /** The server's SQLSTATE if one refused us before any change set: a machine may read what it is. */
    default Optional<String> sqlState() {
        return Optional.empty();
    }

    <R> R accept(Visitor<R> visitor);

    /** Something that handles every ending; a new one doesn't compile until it is handled. */
    interface Visitor<R> {
        R done(Done done);

        R answered(Answered answered);

        R refused(Refused refused);

        R changeSetFailed(NotApplied.ChangeSetFailed failed);

        R skipped(NotApplied.Skipped skipped);

        R tableLocked(NotApplied.TableLocked locked);

        R historyLocked(HistoryLocked locked);

        R deadlinePassed(Interrupted.DeadlinePassed passed);

        R connectionLost(Interrupted.ConnectionLost lost);

        R stopped(Interrupted.Stopped stopped);

        R defect(Defect defect);
    }

    /** Done, or answered. */
    record Done(String happened) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.DONE;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.done(this);
        }
    }

    /**
     * Answered, and the answer has an exit code of its own, though nothing went wrong.
     *
     * @param whatNow one or more whole sentences; empty if there is nothing to do
     */
    record Answered(ExitCode exitCode, String happened, String whatNow) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.answered(this);
        }
    }

    /** Another session was in the way of reading or writing the history itself. */
    record HistoryLocked(String said) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.TABLE_LOCKED;
        }

        @Override
        public String happened() {
            return "Outside any change set, most likely at the history, another session was in the way: " + said;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.historyLocked(this);
        }
    }

    /** A defect of ours. */
    record Defect(String what) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.DEFECT;
        }

        @Override
        public String happened() {
            return "Lockkeeper itself failed: " + what;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.defect(this);
        }
    }
}
