package dev.lockkeeper.settings;

import dev.lockkeeper.settings.connection.ConnectionText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that every command takes, valid.
 *
 * @param database empty if none is named; only {@code validate} needs none
 * @param warnings what is odd but not wrong
 * @param unknownVariables variables with our prefix that we don't know, a sentence each
 */
public record Settings(
        Optional<DatabaseSettings> database,
        ChangelogSettings changelog,
        LimitSettings limits,
        UnknownRows unknownRows,
        ReportSettings report,
        List<String> warnings,
        List<String> unknownVariables) {

    /** What to do about history rows that the changelog doesn't know. */
    public enum UnknownRows {
        WARN,
        FAIL
    }

    public Settings {
        warnings = List.copyOf(warnings);
        unknownVariables = List.copyOf(unknownVariables);
    }

    /**
     * Reads everything. What is wrong is added to {@code problems}; if anything is, the result must not be used.
     *
     * @param readsChangelog false if the command does without a changelog, so that none needs to exist
     * @param unknownVariables variables with our prefix that no command knows, a sentence each
     */
    public static Settings from(
            Map<String, String> environment,
            Map<Setting, String> arguments,
            ReportSettings report,
            boolean readsChangelog,
            List<String> unknownVariables,
            Problems problems) {
        Values values = new Values(environment, arguments, problems);
        if (passwordOnCommandLine(arguments)) {
            problems.error("--database-url has a password, which everybody on the machine can read in the process"
                    + " list: give it by the variable DATABASE_URL or DATABASE_PASSWORD");
        }
        Optional<DatabaseSettings> database = DatabaseSettings.from(values, problems);
        Problems ofChangelog = new Problems();
        ChangelogSettings changelog = ChangelogSettings.from(values, ofChangelog);
        if (readsChangelog) {
            problems.addAll(ofChangelog);
        }
        LimitSettings limits = LimitSettings.from(values);
        UnknownRows unknownRows = values.choice(Variable.LOCKKEEPER_UNKNOWN, UnknownRows.class, UnknownRows.WARN);
        // Last, since every part above may add to the warnings.
        return new Settings(database, changelog, limits, unknownRows, report, problems.warnings(), unknownVariables);
    }

    private static boolean passwordOnCommandLine(Map<Setting, String> arguments) {
        String url = arguments.get(Variable.DATABASE_URL);
        try {
            return url != null && ConnectionText.parse(url).parts().password() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
