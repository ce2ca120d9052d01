package dev.lockkeeper.postgres;

import dev.lockkeeper.sql.CreatedIndex;
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
            SELECT i.indisvalid, pg_get_indexdef(i.indexrelid) AS definition,
                   quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name, i.indrelid = t.oid AS on_table,
                   i.indimmediate AND NOT i.indisexclusion AS plain,
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
     * @param plain false if it serves a constraint that CREATE INDEX can't make: a deferrable one, or EXCLUDE
     * @param partitioned whether it is a partitioned table's, which may be INVALID for good reasons
     * @param builder the pid of a session that may be building it right now
     */
    public record Found(
            String name,
            boolean valid,
            String definition,
            boolean onTable,
            boolean plain,
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
                row.text("definition"),
                row.flag("on_table"),
                row.flag("plain"),
                row.flag("partitioned"),
                row.optionalNumber("builder"));
    }

    /** Drops a leftover without blocking readers and writers. */
    public void drop(Found leftover) throws SQLException {
        Query.execute(connection, "DROP INDEX CONCURRENTLY IF EXISTS " + leftover.name());
    }

    /**
     * Whether the index that exists is what the statement would build.
     *
     * @throws SQLException if they can't be compared, for example because the role may not create anything beside the table
     */
    public boolean asDefined(Found found, CreatedIndex index) throws SQLException {
        return found.onTable() && found.plain() && new IndexComparison(connection).same(found, index);
    }
}
