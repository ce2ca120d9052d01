package dev.lockkeeper.changelog;

import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.slf4j.LoggerFactory;

/** Sends Liquibase's log to SLF4J. Found by Liquibase through the service loader. */
public final class Slf4jLogService extends AbstractLogService {
    private static final int ABOVE_STOCK = 5;

    @Override
    public int getPriority() {
        return ABOVE_STOCK;
    }

    @Override
    @SuppressWarnings("rawtypes") // Liquibase's own signature
    public Logger getLog(Class type) {
        return new Bridge(LoggerFactory.getLogger(type));
    }

    private static final class Bridge extends AbstractLogger {
        private final org.slf4j.Logger logger;

        Bridge(org.slf4j.Logger logger) {
            this.logger = logger;
        }

        @Override
        public void close() {
            // SLF4J's loggers aren't closed.
        }

        /**
         * A severe line of Liquibase always comes with an exception that we report in full ourselves, so it only
         * interests someone who debugs.
         */
        @Override
        public void log(Level level, String message, Throwable thrown) {
            if (level.intValue() >= Level.SEVERE.intValue()) {
                logger.debug(message, thrown);
            } else if (level.intValue() >= Level.WARNING.intValue()) {
                logger.warn(message, thrown);
            } else if (level.intValue() >= Level.FINE.intValue()) {
                logger.debug(message, thrown);
            } else {
                logger.trace(message, thrown);
            }
        }
    }
}
