package dev.lockkeeper.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What a change set asks for in its own comment, which Liquibase ignores and leaves out of the checksum:
 * {@code lockkeeper: lock-timeout=2s, retries=30} or {@code lockkeeper: batched, pause=100ms}.
 *
 * @param lockTimeout for each of its statements, instead of the setting
 * @param retries attempts after a lock wasn't granted, instead of the setting
 * @param batchPause present if its statement is repeated until it changes no row: the pause between two batches
 */
public record ChangeSetOptions(
        Optional<Duration> lockTimeout, Optional<Integer> retries, Optional<Duration> batchPause) {
    /** Nothing asked for. */
    public static final ChangeSetOptions NONE =
            new ChangeSetOptions(Optional.empty(), Optional.empty(), Optional.empty());

    /** True if its statement is repeated until it changes no row. */
    public boolean batched() {
        return batchPause.isPresent();
    }
}
