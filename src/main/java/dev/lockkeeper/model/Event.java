package dev.lockkeeper.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that a run says while it goes on. */
public sealed interface Event {

    /** How loud; a report shows what is at least as loud as its level. */
    default Level level() {
        return Level.INFO;
    }

    /** Severity, as loggers know it. */
    enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR;

        /** The lower-case word. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The run begins. */
    record RunStarted(String command, String version, String changelog) implements Event {}

    /**
     * Connected.
     *
     * @param address host, port and database; never a password
     */
    record Connected(String address, String user, String server) implements Event {}

    /** What the schema's state is before the command's work. */
    record StateRead(SchemaState state) implements Event {}

    /** A change set begins; {@code number} counts from 1 within the {@code total} pending ones. */
    record ChangeSetStarted(ChangeSetInfo changeSet, int number, int total) implements Event {}

    /**
     * A change set is recorded.
     *
     * @param execType EXECUTED, RERAN or MARK_RAN
     */
    record ChangeSetApplied(ChangeSetId id, String execType, Duration duration, long rows) implements Event {}

    /** A change set was passed over by its own setting and isn't recorded. */
    record ChangeSetSkipped(ChangeSetId id, String reason) implements Event {
        @Override
        public Level level() {
            return Level.WARN;
        }
    }

    /** A change set failed; the run ends. */
    record ChangeSetFailed(FailedChangeSet failed, Duration duration) implements Event {
        @Override
        public Level level() {
            return Level.ERROR;
        }
    }

    /**
     * Somebody holds what we wait for.
     *
     * @param what the thing waited for, such as "the migration lock"
     * @param blockers who holds it
     * @param changeSet the change set that waits, null where it is the run
     */
    record LockWaiting(
            String what,
            List<Blocker> blockers,
            Duration waited,
            @Nullable ChangeSetId changeSet) implements Event {
        public LockWaiting {
            blockers = List.copyOf(blockers);
        }

        @Override
        public Level level() {
            return Level.WARN;
        }
    }

    /**
     * A change set was rolled back because somebody was in the way, and will run again.
     *
     * @param attempt the number of the attempt that failed, from 1
     * @param attempts how many there may be
     * @param pause until the next one
     */
    record ChangeSetRetried(FailedChangeSet failed, int attempt, int attempts, Duration pause, List<Blocker> blockers)
            implements Event {
        public ChangeSetRetried {
            blockers = List.copyOf(blockers);
        }

        @Override
        public Level level() {
            return Level.WARN;
        }
    }

    /**
     * How far a long change set is.
     *
     * @param phase what it is at, where that is known
     * @param percent how much of the phase is done, 0 to 100
     * @param rows rows changed so far by a batched change set
     */
    record Progress(
            ChangeSetId changeSet,
            Duration elapsed,
            Optional<String> phase,
            Optional<Double> percent,
            Optional<Long> rows)
            implements Event {}

    /** The connection broke; another one is tried. */
    record ConnectionLost(String reason) implements Event {
        @Override
        public Level level() {
            return Level.WARN;
        }
    }

    /** The server's own message: NOTICE, WARNING, INFO, LOG or DEBUG from SQL. */
    record Notice(String severity, String message, @Nullable ChangeSetId changeSet) implements Event {
        @Override
        public Level level() {
            return severity.equals("WARNING") ? Level.WARN : Level.INFO;
        }
    }

    /**
     * Something found that a person should know.
     *
     * @param level WARN for what takes a promise away, and with {@code strict} is a failure; INFO for what is good to know
     */
    record Finding(Level level, String where, String what) implements Event {}

    /** A change set that waits to be applied: the answer of {@code status}. */
    record ChangeSetPending(ChangeSetInfo changeSet) implements Event {}

    /** A plain sentence of ours. */
    record Message(Level level, String text) implements Event {}

    /** A line of a library's logger. */
    record LibraryLog(Level level, String logger, String text, Optional<String> stackTrace) implements Event {}

    /** The run ended. */
    record RunFinished(RunResult result) implements Event {
        @Override
        public Level level() {
            return result.outcome() instanceof Outcome.Done ? Level.INFO : Level.ERROR;
        }
    }
}
