package dev.lockkeeper.postgres.history;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.HistoryRow;
import dev.lockkeeper.postgres.MissingSchema;
import dev.lockkeeper.postgres.Quoting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Liquibase's history table, read without creating it. */
public final class HistoryTable {
    private static final String MAY_RECORD = """
            SELECT CASE WHEN to_regclass(t.name) IS NULL THEN has_schema_privilege(?, 'CREATE')
                        ELSE has_table_privilege(t.name, 'INSERT') AND has_table_privilege(t.name, 'UPDATE') END
            FROM (SELECT quote_ident(?) || '.' || quote_ident(?) AS name) t""";

    private static final String COLUMNS = """
            SELECT filename, id, author, md5sum, dateexecuted, orderexecuted, exectype, tag FROM %s
            ORDER BY dateexecuted, orderexecuted""";

    private final String schema;
    private final String table;

    private HistoryTable(String schema, String table) {
        this.schema = schema;
        this.table = table;
    }

    /**
     * The history table's place.
     *
     * @param schema the default schema, used where none is configured
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
        try (var statement = connection.prepareStatement("SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** The schema it lies in, or will. */
    public String schema() {
        return schema;
    }

    /** Its name as the catalog has it. */
    public String table() {
        return table;
    }

    /** All rows in the order they ran; empty where the table doesn't exist. */
    public Optional<List<HistoryRow>> read(Connection connection) throws SQLException {
        if (!tableExists(connection)) {
            return Optional.empty();
        }
        List<HistoryRow> rows = new ArrayList<>();
        try (var statement = connection.createStatement()) {
            String name = Quoting.identifier(schema) + "." + Quoting.identifier(table);
            try (ResultSet result = statement.executeQuery(COLUMNS.formatted(name))) {
                while (result.next()) {
                    rows.add(row(result));
                }
            }
        }
        return Optional.of(rows);
    }

    private boolean tableExists(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT to_regclass(quote_ident(?) || '.' || quote_ident(?)) IS NOT NULL")) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    /** Whether a change set has a row, with or without Spring's prefix to its file. */
    public boolean records(Connection connection, ChangeSetId changeSet) throws SQLException {
        String name = Quoting.identifier(schema) + "." + Quoting.identifier(table);
        try (var statement = connection.prepareStatement(
                "SELECT count(*) FROM " + name + " WHERE id = ? AND author = ? AND filename IN (?, ?)")) {
            statement.setString(1, changeSet.id());
            statement.setString(2, changeSet.author());
            statement.setString(3, changeSet.file());
            statement.setString(4, "classpath:" + changeSet.file());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1) > 0;
            }
        }
    }

    private static HistoryRow row(ResultSet result) throws SQLException {
        Timestamp executed = result.getTimestamp(5);
        String execType = result.getString(7);
        return new HistoryRow(
                result.getString(1),
                result.getString(2),
                result.getString(3),
                result.getString(4),
                executed == null ? null : executed.toLocalDateTime(),
                result.getInt(6),
                execType == null ? "EXECUTED" : execType,
                result.getString(8));
    }

    /** Whether we may create the history table, or write to the one that exists. */
    public boolean mayRecord(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(MAY_RECORD)) {
            statement.setString(1, schema);
            statement.setString(2, schema);
            statement.setString(3, table);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }
}
