package dev.lockkeeper.postgres.history;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.HistoryRow;
import dev.lockkeeper.postgres.MissingSchema;
import dev.lockkeeper.postgres.Query;
import dev.lockkeeper.postgres.Row;
import dev.lockkeeper.sql.Identifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Liquibase's history table, read without creating it. */
public final class HistoryTable {
    private static final String MAY_RECORD = """
            SELECT CASE WHEN to_regclass(t.name) IS NULL THEN has_schema_privilege(?, 'CREATE')
                        ELSE has_table_privilege(t.name, 'INSERT') AND has_table_privilege(t.name, 'UPDATE') END
                   AS may_record
            FROM (SELECT quote_ident(?) || '.' || quote_ident(?) AS name) t""";

    private static final String COLUMNS = """
            SELECT filename, id, author, md5sum, dateexecuted, orderexecuted, exectype, tag FROM %s
            ORDER BY dateexecuted, orderexecuted""";

    private static final String EXISTS =
            "SELECT to_regclass(quote_ident(?) || '.' || quote_ident(?)) IS NOT NULL AS exists";

    private final String schema;
    private final String table;

    private HistoryTable(String schema, String table) {
        this.schema = schema;
        this.table = table;
    }

    /**
     * The history table's place.
     *
     * @param schema the default schema, used when none is configured
     * @param table as configured: Liquibase never quotes it, so PostgreSQL folds it
     */
    public static HistoryTable of(Connection connection, String schema, Optional<String> configured, String table)
            throws SQLException, Failure {
        if (configured.isPresent() && !exists(connection, configured.get())) {
            throw MissingSchema.failure(configured.get(), "LOCKKEEPER_HISTORY_SCHEMA");
        }
        return new HistoryTable(configured.orElse(schema), table.toLowerCase(Locale.ROOT));
    }

    private static boolean exists(Connection connection, String schema) throws SQLException {
        return Query.first(connection, "SELECT nspname FROM pg_namespace WHERE nspname = ?", row -> true, schema)
                .isPresent();
    }

    /** The schema it is in, or will be in. */
    public String schema() {
        return schema;
    }

    /** Its name as the catalog has it. */
    public String table() {
        return table;
    }

    /** All rows in the order they ran; empty if the table doesn't exist. */
    public Optional<List<HistoryRow>> read(Connection connection) throws SQLException {
        if (!Query.one(connection, EXISTS, row -> row.flag("exists"), schema, table)) {
            return Optional.empty();
        }
        return Optional.of(Query.list(connection, COLUMNS.formatted(quotedName()), HistoryTable::row));
    }

    private static HistoryRow row(Row row) throws SQLException {
        return new HistoryRow(
                row.text("filename"),
                row.text("id"),
                row.text("author"),
                row.optionalText("md5sum").orElse(null),
                row.optionalTimestamp("dateexecuted").orElse(null),
                row.number("orderexecuted"),
                row.optionalText("exectype").orElse("EXECUTED"),
                row.optionalText("tag").orElse(null));
    }

    /** Whether a change set has a row, with or without Spring's prefix to its file. */
    public boolean records(Connection connection, ChangeSetId changeSet) throws SQLException {
        return Query.one(
                connection,
                "SELECT count(*) > 0 AS recorded FROM " + quotedName()
                        + " WHERE id = ? AND author = ? AND filename IN (?, ?)",
                row -> row.flag("recorded"),
                changeSet.id(),
                changeSet.author(),
                changeSet.file(),
                "classpath:" + changeSet.file());
    }

    /** Its columns; empty if the table doesn't exist. */
    public Optional<HistoryColumns> columns(Connection connection) throws SQLException {
        return HistoryColumns.read(connection, schema, table);
    }

    /** Whether we may create the history table, or write to the one that exists. */
    public boolean mayRecord(Connection connection) throws SQLException {
        return Query.one(connection, MAY_RECORD, row -> row.flag("may_record"), schema, schema, table);
    }

    private String quotedName() {
        return Identifier.quote(schema) + "." + Identifier.quote(table);
    }
}
