package dev.lockkeeper.postgres.history;

import dev.lockkeeper.postgres.Quoting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The lock row of plain Liquibase, DATABASECHANGELOGLOCK: perhaps an app that still migrates at its own start, perhaps
 * the leftover of a killed one. We respect it and never set it.
 */
public final class PlainLiquibaseLock {
    private static final String TABLE = "databasechangeloglock";

    private final Connection connection;
    private final String schema;

    public PlainLiquibaseLock(Connection connection, HistoryTable history) {
        this.connection = connection;
        this.schema = history.schema();
    }

    /** Who set the row, and when, in one line; empty where nobody did or the table doesn't exist. */
    public Optional<String> holder() throws SQLException {
        try (var exists =
                connection.prepareStatement("SELECT to_regclass(quote_ident(?) || '." + TABLE + "') IS NOT NULL")) {
            exists.setString(1, schema);
            try (ResultSet rows = exists.executeQuery()) {
                rows.next();
                if (!rows.getBoolean(1)) {
                    return Optional.empty();
                }
            }
        }
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT lockedby, lockgranted FROM " + name() + " WHERE locked ORDER BY id LIMIT 1")) {
            return rows.next()
                    ? Optional.of("LOCKEDBY " + rows.getString(1) + ", LOCKGRANTED " + rows.getString(2))
                    : Optional.empty();
        }
    }

    /** Clears the row. */
    public void clear() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "UPDATE " + name() + " SET locked = false, lockgranted = NULL, lockedby = NULL WHERE locked");
        }
    }

    private String name() {
        return Quoting.identifier(schema) + "." + TABLE;
    }
}
