package dev.lockkeeper.postgres;

import dev.lockkeeper.sql.CreatedIndex;
import dev.lockkeeper.sql.Identifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Indexes that a change set builds outside a transaction: what a CREATE INDEX CONCURRENTLY that was cut short left
 * behind, and whether an index that exists is what would be built.
 */
public final class IndexBuilds {
    /**
     * A session that builds an index CONCURRENTLY holds SHARE UPDATE EXCLUSIVE on the table all the while, which everybody may
     * see in pg_locks; so does autovacuum, whose sessions have no user.
     */
    private static final String FIND = """
            SELECT i.indisvalid, i.indisunique, pg_get_indexdef(i.indexrelid) AS definition,
                   quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name, i.indrelid = t.oid AS on_table,
                   c.relkind = 'I' AS partitioned,
                   (SELECT l.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
                    WHERE l.relation = t.oid AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                      AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted AND l.pid <> pg_backend_pid()
                      AND a.usesysid IS NOT NULL LIMIT 1) AS builder
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
     * @param name quoted if it must be, with its schema
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

    /** The index of that name in the table's schema. */
    public Optional<Found> find(CreatedIndex index) throws SQLException {
        String schema = index.schema().orElse(null);
        return Query.first(
                connection, FIND, IndexBuilds::found, index.name(), schema, index.table(), schema, index.table());
    }

    private static Found found(Row row) throws SQLException {
        return new Found(
                row.text("name"),
                row.flag("indisvalid"),
                row.flag("indisunique"),
                row.text("definition"),
                row.flag("on_table"),
                row.flag("partitioned"),
                row.optionalNumber("builder"));
    }

    /** Drops a leftover without blocking readers and writers. */
    public void drop(Found leftover) throws SQLException {
        Query.execute(connection, "DROP INDEX CONCURRENTLY IF EXISTS " + leftover.name());
    }

    /**
     * Whether the index that exists is what the statement would build: the same is built on an empty temporary table of the
     * same shape, and PostgreSQL's own text of both is compared.
     *
     * @throws SQLException if that isn't possible, for example because the role may not make temporary tables
     */
    public boolean asDefined(Found found, CreatedIndex index) throws SQLException {
        connection.setAutoCommit(false);
        try {
            String schema =
                    index.schema().map(name -> Identifier.quote(name) + ".").orElse("");
            String table = schema + Identifier.quote(index.table());
            Query.execute(connection, "CREATE TEMP TABLE lockkeeper_probe (LIKE " + table + ") ON COMMIT DROP");
            Query.execute(
                    connection,
                    "CREATE " + (index.unique() ? "UNIQUE " : "")
                            + "INDEX lockkeeper_probe_index ON pg_temp.lockkeeper_probe " + index.definition());
            String definition = Query.one(
                    connection,
                    "SELECT pg_get_indexdef('pg_temp.lockkeeper_probe_index'::regclass) AS definition",
                    row -> row.text("definition"));
            return found.onTable()
                    && found.unique() == index.unique()
                    && behindTable(definition).equals(behindTable(found.definition()));
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
