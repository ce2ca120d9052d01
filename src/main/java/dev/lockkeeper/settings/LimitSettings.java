package dev.lockkeeper.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * How long things may take.
 *
 * @param runnerWait for another runner
 * @param lockTimeout for a table's lock, per statement
 * @param lockRetries attempts after a lock wasn't granted
 * @param terminateIdleBlockers how long a session that keeps us waiting may have been idle in its transaction; empty
 *     means that nobody's session is ended
 * @param statementTimeout for one statement
 * @param deadline for the whole run
 */
public record LimitSettings(
        Duration runnerWait,
        Duration lockTimeout,
        int lockRetries,
        Optional<Duration> terminateIdleBlockers,
        Optional<Duration> statementTimeout,
        Optional<Duration> deadline) {
    private static final Duration WAIT = Duration.ofMinutes(10);
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);
    private static final int LOCK_RETRIES = 30;

    /** PostgreSQL keeps its timeouts as milliseconds in 31 bits. */
    private static final Duration LONGEST_OF_SERVER = Duration.ofDays(24);

    static LimitSettings from(Values values) {
        return new LimitSettings(
                values.duration(Variable.LOCKKEEPER_WAIT, WAIT),
                values.parsed(Variable.LOCKKEEPER_LOCK_TIMEOUT, LimitSettings::lockTimeout)
                        .orElse(LOCK_TIMEOUT),
                values.number(Variable.LOCKKEEPER_LOCK_RETRIES, 0).orElse(LOCK_RETRIES),
                values.limit(Variable.LOCKKEEPER_TERMINATE_BLOCKERS_IDLE_IN_TRANSACTION),
                values.limit(Variable.LOCKKEEPER_STATEMENT_TIMEOUT, LONGEST_OF_SERVER),
                values.limit(Variable.LOCKKEEPER_DEADLINE));
    }

    /** 0 would turn the timeout off: the app's queries would queue behind us for as long as somebody holds the lock. */
    private static Duration lockTimeout(String text) {
        Duration timeout = Durations.parse(text, LONGEST_OF_SERVER);
        if (timeout.isZero()) {
            throw new IllegalArgumentException("\"" + text + "\" would wait for ever, and the app's queries would queue"
                    + " behind it: write a duration above 0, such as 2s");
        }
        return timeout;
    }
}
