package dev.lockkeeper.postgres;

import dev.lockkeeper.sql.CreatedIndex;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Indexes that a change set builds outside a transaction: what a CREATE INDEX CONCURRENTLY that was cut short left
 * behind, and whether what stands is what would be built.
 */
public final class IndexBuilds {
    /**
     * A session that builds an index CONCURRENTLY holds SHARE UPDATE EXCLUSIVE on the table all the while, which everybody may
     * see in pg_locks; so does autovacuum, whose sessions have no user.
     */
    private static final String FIND = """
            SELECT i.indisvalid, i.indisunique, pg_get_indexdef(i.indexrelid),
                   quote_ident(n.nspname) || '.' || quote_ident(c.relname), i.indrelid = t.oid, c.relkind = 'I',
                   (SELECT l.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
                    WHERE l.relation = t.oid AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                      AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted AND l.pid <> pg_backend_pid()
                      AND a.usesysid IS NOT NULL LIMIT 1)
            FROM pg_class t JOIN pg_class c ON c.relnamespace = t.relnamespace AND c.relname = ? AND c.relkind IN ('i', 'I')
            JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_index i ON i.indexrelid = c.oid
            WHERE t.oid = to_regclass(CASE WHEN ?::text IS NULL THEN quote_ident(?)
                                           ELSE quote_ident(?) || '.' || quote_ident(?) END)""";

    private final Connection connection;

    public IndexBuilds(Connection connection) {
        this.connection = connection;
    }

    /**
     * An index of the name, in the schema of the table.
     *
     * @param name quoted where it must be, with its schema
     * @param definition as pg_get_indexdef gives it
     * @param onTable whether it is on the table it should be on
     * @param partitioned whether it is a partitioned table's, which may be INVALID for good reasons
     * @param builder the pid of a session that may be building it right now
     */
    public record Found(
            String name,
            boolean valid,
            boolean unique,
            String definition,
            boolean onTable,
            boolean partitioned,
            Optional<Integer> builder) {}

    /** The index of that name beside that table. */
    public Optional<Found> find(CreatedIndex index) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            String schema = index.schema().orElse(null);
            statement.setString(1, index.name());
            statement.setString(2, schema);
            statement.setString(3, index.table());
            statement.setString(4, schema);
            statement.setString(5, index.table());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                int builder = row.getInt(7);
                return Optional.of(new Found(
                        row.getString(4),
                        row.getBoolean(1),
                        row.getBoolean(2),
                        row.getString(3),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        builder == 0 ? Optional.empty() : Optional.of(builder)));
            }
        }
    }

    /** Drops a leftover without keeping readers and writers away. */
    public void drop(Found leftover) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP INDEX CONCURRENTLY IF EXISTS " + leftover.name());
        }
    }

    /**
     * Whether what stands is what the statement would build: the same is built on an empty temporary table of the same
     * shape, and PostgreSQL's own text of both is compared.
     *
     * @throws SQLException where that can't be done: the role may not make temporary tables, say
     */
    public boolean asDefined(Found found, CreatedIndex index) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            String table = (index.schema().isPresent()
                            ? Quoting.identifier(index.schema().get()) + "."
                            : "")
                    + Quoting.identifier(index.table());
            statement.execute("CREATE TEMP TABLE lockkeeper_probe (LIKE " + table + ") ON COMMIT DROP");
            statement.execute("CREATE " + (index.unique() ? "UNIQUE " : "")
                    + "INDEX lockkeeper_probe_index ON pg_temp.lockkeeper_probe " + index.definition());
            try (ResultSet row =
                    statement.executeQuery("SELECT pg_get_indexdef('pg_temp.lockkeeper_probe_index'::regclass)")) {
                row.next();
                return found.onTable()
                        && found.unique() == index.unique()
                        && behindTable(row.getString(1)).equals(behindTable(found.definition()));
            }
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** {@code CREATE UNIQUE INDEX name ON schema.table USING btree (x)} from USING on: the rest holds only names. */
    private static String behindTable(String definition) {
        return definition.substring(Math.max(0, definition.indexOf(" USING ")));
    }
}
