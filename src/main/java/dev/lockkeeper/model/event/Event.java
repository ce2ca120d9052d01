package dev.lockkeeper.model.event;

import dev.lockkeeper.model.SchemaState;
import java.util.Locale;
import java.util.Optional;

/** Something that a run reports as it happens. */
public sealed interface Event
        permits Event.RunStarted,
                Event.StateRead,
                ChangeSetEvent,
                ConnectionEvent,
                Event.Finding,
                Event.Message,
                Event.LibraryLog,
                Event.RunFinished {

    /** The word in the field {@code event} of a JSON line. Scripts read it, so it never changes. */
    String name();

    /** Its level; a report shows events at its own level or above. */
    default Level level() {
        return Level.INFO;
    }

    <R> R accept(Visitor<R> visitor);

    /** Something that handles every event; a new one doesn't compile until it is handled. */
    interface Visitor<R> {
        R runStarted(RunStarted event);

        R stateRead(StateRead event);

        R changeSet(ChangeSetEvent event);

        R connection(ConnectionEvent event);

        R finding(Finding event);

        R message(Message event);

        R libraryLog(LibraryLog event);

        R runFinished(RunFinished event);
    }

    /** Severity, as loggers know it. */
    enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR;

        /** The lower-case word. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The run begins. */
    record RunStarted(String command, String version, String changelog) implements Event {
        @Override
        public String name() {
            return "run.started";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.runStarted(this);
        }
    }

    /** The schema's state before the command's work. */
    record StateRead(SchemaState state) implements Event {
        @Override
        public String name() {
            return "state";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stateRead(this);
        }
    }

    /**
     * Something found that a person should know.
     *
     * @param level ERROR if it is refused unless it already ran; WARN if it voids a guarantee, which is a failure under {@code
     *     --strict}; INFO if it is good to know
     */
    record Finding(Level level, String where, String what) implements Event {
        @Override
        public String name() {
            return "finding";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.finding(this);
        }
    }

    /**
     * A plain sentence of ours.
     *
     * @param stackTrace the stack trace of an exception that explains it
     */
    record Message(Level level, String text, Optional<String> stackTrace) implements Event {
        public Message(Level level, String text) {
            this(level, text, Optional.empty());
        }

        @Override
        public String name() {
            return "message";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.message(this);
        }
    }

    /** A line from a library's logger. */
    record LibraryLog(Level level, String logger, String text, Optional<String> stackTrace) implements Event {
        @Override
        public String name() {
            return "log";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.libraryLog(this);
        }
    }

    /** The run ended. */
    record RunFinished(RunResult result) implements Event {
        @Override
        public String name() {
            return "run.finished";
        }

        @Override
        public Level level() {
            return result.outcome().exitCode().isFailure() ? Level.ERROR : Level.INFO;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.runFinished(this);
        }
    }
}
