package dev.lockkeeper.changelog.parse;

import dev.lockkeeper.changelog.ChangeSetSql;
import dev.lockkeeper.sql.SqlScript;
import dev.lockkeeper.sql.SqlStatement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liquibase.change.AbstractSQLChange;
import liquibase.change.Change;
import liquibase.change.ColumnConfig;
import liquibase.change.core.InsertDataChange;
import liquibase.change.core.UpdateDataChange;
import liquibase.changelog.ChangeSet;
import liquibase.serializer.core.string.StringChangeLogSerializer;

/** Changelog parameters that parsing left unreplaced; Liquibase treats them as text. */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][\\w.-]*)}");

    private Placeholders() {}

    /**
     * The names of those of a change set, without those in data: a report's text may hold its own placeholders.
     *
     * @param offline true if it was parsed without a connection, which alone could fill the {@code database.} ones
     */
    static Set<String> unfilled(ChangeSet changeSet, boolean offline) {
        Set<String> names = new TreeSet<>();
        for (Change change : changeSet.getChanges()) {
            Matcher placeholder = PLACEHOLDER.matcher(withoutData(change));
            while (placeholder.find()) {
                if (!offline || !placeholder.group(1).startsWith("database.")) {
                    names.add(placeholder.group());
                }
            }
        }
        return names;
    }

    private static String withoutData(Change change) {
        if (change instanceof AbstractSQLChange sql) {
            String text = ChangeSetSql.text(sql);
            return text == null
                    ? ""
                    : SqlScript.parse(text).statements().stream()
                            .map(SqlStatement::withoutData)
                            .collect(Collectors.joining("\n"));
        }
        if (change instanceof InsertDataChange insert) {
            return insert.getTableName() + "\n" + insert.getSchemaName() + "\n" + columns(insert.getColumns());
        }
        if (change instanceof UpdateDataChange update) {
            return update.getTableName() + "\n" + update.getSchemaName() + "\n" + update.getWhere() + "\n"
                    + columns(update.getColumns());
        }
        return new StringChangeLogSerializer().serialize(change, false);
    }

    private static String columns(List<ColumnConfig> columns) {
        return columns.stream()
                .map(column -> column.getName() + " " + column.getValueComputed())
                .collect(Collectors.joining("\n"));
    }
}
