package dev.lockkeeper.report;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.lockkeeper.model.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Sends the libraries' log lines through the report, so that all output has one form and no secret. */
public final class LogbackSetup {
    /** Failures come as exceptions, preconditions to a listener. */
    private static final List<String> REPORTED_BY_US = List.of(
            "liquibase.changelog.ChangeSet",
            "liquibase.changelog.visitor.ValidatingVisitor",
            "liquibase.precondition.core.PreconditionContainer");

    /** Half of Liquibase's lines at debug: one for each class that it loads and each checksum that it computes. */
    private static final List<String> CHATTY =
            List.of("liquibase.servicelocator.StandardServiceLocator", "liquibase.util.MD5Util");

    private LogbackSetup() {}

    /** Libraries report warnings and errors; with {@code debug} almost everything. */
    public static void send(Event.Level level, Consumer<Event> events) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.setLevel(level == Event.Level.DEBUG ? Level.DEBUG : Level.WARN);
        // What these say comes to us in another way as well; their lines would report it twice.
        for (String name : REPORTED_BY_US) {
            context.getLogger(name).setLevel(level == Event.Level.DEBUG ? null : Level.OFF);
        }
        // What a changelog itself asks to be said.
        context.getLogger("liquibase.change.core.OutputChange").setLevel(Level.INFO);
        CHATTY.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
        ToEvents appender = new ToEvents(events, level == Event.Level.DEBUG);
        appender.setContext(context);
        appender.start();
        root.addAppender(appender);
    }

    private static final class ToEvents extends AppenderBase<ILoggingEvent> {
        private final Consumer<Event> events;
        private final boolean stackTraces;

        ToEvents(Consumer<Event> events, boolean stackTraces) {
            this.events = events;
            this.stackTraces = stackTraces;
        }

        @Override
        protected void append(ILoggingEvent line) {
            Optional<String> trace = Optional.ofNullable(line.getThrowableProxy())
                    .filter(thrown -> stackTraces)
                    .map(ThrowableProxyUtil::asString);
            events.accept(new Event.LibraryLog(
                    level(line.getLevel()), line.getLoggerName(), line.getFormattedMessage(), trace));
        }

        private static Event.Level level(Level level) {
            if (level.isGreaterOrEqual(Level.ERROR)) {
                return Event.Level.ERROR;
            }
            if (level.isGreaterOrEqual(Level.WARN)) {
                return Event.Level.WARN;
            }
            return level.isGreaterOrEqual(Level.INFO) ? Event.Level.INFO : Event.Level.DEBUG;
        }
    }
}
