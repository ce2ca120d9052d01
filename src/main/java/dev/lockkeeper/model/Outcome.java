package dev.lockkeeper.model;

import dev.lockkeeper.text.Counted;
import dev.lockkeeper.text.Lines;
import java.util.List;
import java.util.Optional;

/** How a run ended: facts. What to do now depends on the command too, so it is said by {@code command.Advice}. */
public sealed interface Outcome
        permits Outcome.Done,
                Outcome.Answered,
                NotApplied,
                Interrupted,
                Outcome.HistoryLocked,
                Outcome.BadInput,
                Outcome.DatabaseUnusable,
                Outcome.AnotherRunner,
                Outcome.StateRefused,
                Outcome.Defect {

    ExitCode exitCode();

    /** What happened, one or more whole sentences; may have several lines. */
    String happened();

    /** The server's SQLSTATE if one refused us before any change set: a machine may read what it is. */
    default Optional<String> sqlState() {
        return Optional.empty();
    }

    <R> R accept(Visitor<R> visitor);

    /** Something that has an answer for every ending; a new one doesn't compile until it is answered. */
    interface Visitor<R> {
        R done(Done done);

        R answered(Answered answered);

        R changeSetFailed(NotApplied.ChangeSetFailed failed);

        R skipped(NotApplied.Skipped skipped);

        R tableLocked(NotApplied.TableLocked locked);

        R historyLocked(HistoryLocked locked);

        R badInput(BadInput input);

        R databaseUnusable(DatabaseUnusable unusable);

        R anotherRunner(AnotherRunner runner);

        R stateRefused(StateRefused refused);

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

    /**
     * Bad usage, settings or changelog; nothing was touched.
     *
     * @param fix what corrects it, whichever command was run; so it is for the records below
     */
    record BadInput(List<String> problems, String fix) implements Outcome {
        public BadInput {
            problems = List.copyOf(problems);
        }

        @Override
        public ExitCode exitCode() {
            return ExitCode.BAD_INPUT;
        }

        @Override
        public String happened() {
            return problems.size() == 1
                    ? problems.get(0)
                    : Counted.of(problems.size(), "problem") + ":" + Lines.indented(problems);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.badInput(this);
        }
    }

    /** The database can't be used: network, TLS, login, secret, read-only, privilege, pooler. */
    record DatabaseUnusable(String happened, String fix, Optional<String> sqlState) implements Outcome {
        public DatabaseUnusable(String happened, String fix) {
            this(happened, fix, Optional.empty());
        }

        @Override
        public ExitCode exitCode() {
            return ExitCode.DATABASE_UNUSABLE;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.databaseUnusable(this);
        }
    }

    /** Another runner, or a lock row of plain Liquibase, for longer than we wait. */
    record AnotherRunner(String happened, String fix) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.ANOTHER_RUNNER;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.anotherRunner(this);
        }
    }

    /** The schema's state forbids the command. */
    record StateRefused(String happened, String fix) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.STATE_REFUSED;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stateRefused(this);
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
