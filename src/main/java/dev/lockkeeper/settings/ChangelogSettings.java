package dev.lockkeeper.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which changelog, and how it is read.
 *
 * @param location root file and search path
 * @param parameters changelog parameters by name
 * @param historySchema schema of DATABASECHANGELOG, empty for the default schema
 * @param liquibase Liquibase's own settings, by the name of their variable or system property
 */
public record ChangelogSettings(
        ChangelogLocation location,
        String contexts,
        String labels,
        Map<String, String> parameters,
        Optional<String> historySchema,
        String historyTable,
        Map<String, String> liquibase) {
    private static final String HISTORY_TABLE = "databasechangelog";

    public ChangelogSettings {
        parameters = Map.copyOf(parameters);
        liquibase = Map.copyOf(liquibase);
    }

    static ChangelogSettings from(Values values, Problems problems) {
        ChangelogLocation location = ChangelogLocation.find(
                values.text(Variable.LOCKKEEPER_CHANGELOG),
                values.text(Variable.LOCKKEEPER_CHANGELOG_ROOT).map(Path::of),
                problems);
        return new ChangelogSettings(
                location,
                values.text(Variable.LOCKKEEPER_CONTEXTS).orElse(""),
                values.text(Variable.LOCKKEEPER_LABELS).orElse(""),
                values.parsed(Variable.LOCKKEEPER_PARAMETERS, ChangelogSettings::parameters)
                        .orElse(Map.of()),
                values.text(Variable.LOCKKEEPER_HISTORY_SCHEMA),
                values.parsed(Variable.LOCKKEEPER_HISTORY_TABLE, ChangelogSettings::tableName)
                        .orElse(HISTORY_TABLE),
                values.startingWith("liquibase"));
    }

    private static String tableName(String text) {
        if (!text.strip().matches("[A-Za-z_][A-Za-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("\"" + text + "\" isn't a plain table name");
        }
        return text.strip();
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : text.split("[,\\n]", -1)) {
            int equals = pair.indexOf('=');
            if (pair.isBlank()) {
                continue;
            }
            if (equals < 1) {
                // The text isn't quoted: a parameter's value may be a secret.
                throw new IllegalArgumentException(
                        "has an entry without name or equals sign: write name=value,name=value");
            }
            parameters.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        return parameters;
    }
}
