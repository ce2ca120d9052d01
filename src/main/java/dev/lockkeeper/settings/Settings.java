package dev.lockkeeper.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a run is told, valid.
 *
 * @param database empty where none is named; only {@code validate} can do without
 * @param warnings what was odd but not wrong
 * @param unknownVariables variables with our prefix that we don't know, a sentence each
 */
public record Settings(
        Optional<DatabaseSettings> database,
        ChangelogSettings changelog,
        LimitSettings limits,
        UnknownRows unknownRows,
        CommandSettings command,
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
     * Reads everything; {@code problems} then holds all that is wrong, and the result is only good where none is.
     *
     * @param readsChangelog false where it doesn't matter that there is none
     */
    public static Settings from(
            Map<String, String> environment,
            Map<Variable, String> arguments,
            ReportSettings report,
            boolean readsChangelog,
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
        CommandSettings command = CommandSettings.from(values, problems);
        List<String> unknownVariables = UnknownVariables.in(environment.keySet());
        // Last, since every part above may add to the warnings.
        return new Settings(
                database, changelog, limits, unknownRows, command, report, problems.warnings(), unknownVariables);
    }

    private static boolean passwordOnCommandLine(Map<Variable, String> arguments) {
        String url = arguments.get(Variable.DATABASE_URL);
        try {
            return url != null && ConnectionText.parse(url).parts().password() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
