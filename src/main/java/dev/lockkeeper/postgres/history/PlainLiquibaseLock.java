package dev.lockkeeper.postgres.history;

import dev.lockkeeper.postgres.Query;
import dev.lockkeeper.sql.Identifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The lock row of plain Liquibase, DATABASECHANGELOGLOCK: set perhaps by an app that still migrates at its own start,
 * perhaps left by a killed one. We respect it and never set it.
 */
public final class PlainLiquibaseLock {
    private static final String TABLE = "databasechangeloglock";

    private static final String EXISTS = "SELECT to_regclass(quote_ident(?) || '." + TABLE + "') IS NOT NULL AS exists";

    private final Connection connection;
    private final String schema;

    public PlainLiquibaseLock(Connection connection, HistoryTable history) {
        this.connection = connection;
        this.schema = history.schema();
    }

    /** Who set the row, and when, in one line; empty if it isn't set or the table doesn't exist. */
    public Optional<String> holder() throws SQLException {
        if (!Query.one(connection, EXISTS, row -> row.flag("exists"), schema)) {
            return Optional.empty();
        }
        return Query.first(
                connection,
                "SELECT lockedby, lockgranted FROM " + name() + " WHERE locked ORDER BY id LIMIT 1",
                row -> "LOCKEDBY " + row.optionalText("lockedby").orElse("nobody named")
                        + row.optionalText("lockgranted")
                                .map(since -> ", LOCKGRANTED " + since)
                                .orElse(""));
    }

    /** Clears the row. */
    public void clear() throws SQLException {
        Query.update(
                connection,
                "UPDATE " + name() + " SET locked = false, lockgranted = NULL, lockedby = NULL WHERE locked");
    }

    private String name() {
        return Identifier.quote(schema) + "." + TABLE;
    }
}
