package dev.lockkeeper.model;

import java.util.List;
import java.util.Optional;

/** How a run ended. Every case answers for its exit code, what happened, and what to do now. */
public sealed interface Outcome {

    ExitCode exitCode();

    /** What happened, one or more whole sentences; may have several lines. */
    String happened();

    /** What to do now; empty where nothing needs doing. */
    String whatNow();

    /** The server's SQLSTATE where one refused us before any change set: a machine may read what it is. */
    default Optional<String> sqlState() {
        return Optional.empty();
    }

    /** Done, or answered. */
    record Done(String happened) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.DONE;
        }

        @Override
        public String whatNow() {
            return "";
        }
    }

    /** A change set failed. */
    record ChangeSetFailed(FailedChangeSet failed) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.CHANGE_SET_FAILED;
        }

        @Override
        public String happened() {
            return failed.sentence();
        }

        @Override
        public String whatNow() {
            return failed.whatNow();
        }
    }

    /** Change sets were skipped by their own settings, and {@code --fail-on-skip} forbids that. */
    record Skipped(List<ChangeSetId> changeSets) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.CHANGE_SET_FAILED;
        }

        @Override
        public String happened() {
            return Counted.of(changeSets.size(), "change set") + " skipped by onFail or failOnError, and --fail-on-skip"
                    + " forbids that:" + Lines.indented(changeSets);
        }

        @Override
        public String whatNow() {
            return "Make the precondition true or the change set work, then run migrate again.";
        }
    }

    /** Bad usage, settings or changelog; nothing was touched. */
    record BadInput(List<String> problems, String whatNow) implements Outcome {
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
    }

    /** The database can't be used: network, TLS, login, secret, read-only, privilege, pooler. */
    record DatabaseUnusable(String happened, String whatNow, Optional<String> sqlState) implements Outcome {
        public DatabaseUnusable(String happened, String whatNow) {
            this(happened, whatNow, Optional.empty());
        }

        @Override
        public ExitCode exitCode() {
            return ExitCode.DATABASE_UNUSABLE;
        }
    }

    /** Another runner, or a stock Liquibase lock row, for longer than we wait. */
    record AnotherRunner(String happened, String whatNow) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.ANOTHER_RUNNER;
        }
    }

    /** The schema's state forbids the command. */
    record StateRefused(String happened, String whatNow) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.STATE_REFUSED;
        }
    }

    /**
     * Somebody was in the way of a change set at every attempt.
     *
     * @param blockers who was seen to be, last
     */
    record TableLocked(FailedChangeSet failed, int attempts, List<Blocker> blockers) implements Outcome {
        public TableLocked {
            blockers = List.copyOf(blockers);
        }

        @Override
        public ExitCode exitCode() {
            return ExitCode.TABLE_LOCKED;
        }

        @Override
        public String happened() {
            List<String> seen = blockers.stream().map(Blocker::sentence).toList();
            return "In " + Counted.of(attempts, "attempt") + " somebody was in the way. " + failed.sentence()
                    + (seen.isEmpty() ? "" : "\nIn the way, when last seen:" + Lines.indented(seen));
        }

        @Override
        public String whatNow() {
            ChangeSetOptions own = failed.changeSet().options();
            return "Nothing is wrong with the change set: run migrate again when the table is less busy, end what is"
                    + " in the way, or raise "
                    + (own.equals(ChangeSetOptions.NONE)
                            ? "LOCKKEEPER_LOCK_RETRIES or LOCKKEEPER_LOCK_TIMEOUT."
                            : "retries or lock-timeout in the change set's comment, which win over the settings.");
        }
    }

    /** Somebody was in the way of reading or writing the history itself. */
    record HistoryLocked(String said) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.TABLE_LOCKED;
        }

        @Override
        public String happened() {
            return "Outside any change set, at the history most likely, somebody was in the way: " + said;
        }

        @Override
        public String whatNow() {
            return "Run again when whoever holds the history table (pg_locks shows it) is done.";
        }
    }

    /** The run's own time limit passed. */
    record DeadlinePassed(String limit, Optional<ChangeSetInfo> under, boolean unheard) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.DEADLINE_PASSED;
        }

        @Override
        public String happened() {
            return "The deadline of " + limit + " passed" + Interrupted.sentence(under, unheard);
        }

        @Override
        public String whatNow() {
            return Interrupted.whatNow(under) + " Raise LOCKKEEPER_DEADLINE if the change needs longer.";
        }
    }

    /** {@code status --check} found something pending. */
    record PendingFound(String happened) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.PENDING;
        }

        @Override
        public String whatNow() {
            return "Run migrate.";
        }
    }

    /** The connection broke in mid-run. */
    record ConnectionLost(String reason, Optional<ChangeSetInfo> under) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.CONNECTION_LOST;
        }

        @Override
        public String happened() {
            return "The connection to the database was lost and not regained (" + reason + ")"
                    + Interrupted.sentence(under, true);
        }

        @Override
        public String whatNow() {
            return Interrupted.whatNow(under);
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
        public String whatNow() {
            return "Please report this with the log of a run with LOCKKEEPER_LOG_LEVEL=debug.";
        }
    }

    /** SIGTERM, or SIGINT from a keyboard. */
    record Stopped(Optional<ChangeSetInfo> under, boolean unheard) implements Outcome {
        @Override
        public ExitCode exitCode() {
            return ExitCode.STOPPED;
        }

        @Override
        public String happened() {
            return "Stopped by a signal" + Interrupted.sentence(under, unheard);
        }

        @Override
        public String whatNow() {
            return Interrupted.whatNow(under);
        }
    }
}
