package dev.lockkeeper.run.migration;

import java.util.Optional;

/**
 * The settings of a migration.
 *
 * @param toTag the last change set to run is the one that sets this tag; not together with {@code count}
 * @param count how many pending change sets to run at most; at least 1
 * @param tag the name for the level reached
 * @param failOnSkip whether a skipped change set is a failure
 */
public record MigrateSettings(
        Optional<String> toTag, Optional<Integer> count, Optional<String> tag, boolean failOnSkip) {}
