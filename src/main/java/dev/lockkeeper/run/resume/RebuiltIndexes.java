package dev.lockkeeper.run.resume;

import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.postgres.Catalog;
import dev.lockkeeper.postgres.Query;
import dev.lockkeeper.postgres.Row;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.sql.outside.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * REINDEX CONCURRENTLY: repeated. One that is cut short leaves an INVALID copy of an index, named like it with {@code _ccnew}
 * or {@code _ccold} behind; nobody would ever use or drop it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY">Rebuilding Indexes
 *     Concurrently</a>
 */
record RebuiltIndexes(Run run, Connection connection, Effect.Reindexes reindexes, String sql) implements Resumption {
    /** Its parameter is the name; the table's TOAST table is looked at too. A name that gets too long is cut off in the middle. */
    private static final String LEFTOVERS = """
            WITH named AS (SELECT to_regclass(?)::oid AS oid),
                 target AS (%s),
                 tables AS (SELECT oid FROM target
                            UNION SELECT c.reltoastrelid FROM pg_class c JOIN target USING (oid) WHERE c.reltoastrelid <> 0)
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name,
                   (SELECT l.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
                    WHERE l.relation = i.indrelid AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                      AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted AND l.pid <> pg_backend_pid()
                      AND a.usesysid IS NOT NULL LIMIT 1) AS builder
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN tables t ON t.oid = i.indrelid
            WHERE NOT i.indisvalid AND c.relkind = 'i' AND c.relname ~ '_cc(new|old)[0-9]*$' %s
            ORDER BY 1""";

    private static final String INDEXES =
            "SELECT oid FROM named UNION SELECT relid FROM pg_partition_tree((SELECT oid FROM named))";

    private static final String COPY_OF_NAMED = """
            AND EXISTS (SELECT FROM pg_index x JOIN pg_class o ON o.oid = x.indexrelid
                        WHERE x.indrelid = i.indrelid AND x.indexrelid IN (%s)
                          AND (o.relname = regexp_replace(c.relname, '_cc(new|old)[0-9]*$', '')
                               OR octet_length(c.relname) > 59
                                  AND starts_with(o.relname, regexp_replace(c.relname, '_cc(new|old)[0-9]*$', ''))))""".formatted(INDEXES);

    /** An INVALID copy, and who may be building it. */
    private record Leftover(String name, Optional<Integer> builder) {
        static Leftover of(Row row) throws SQLException {
            return new Leftover(row.text("name"), row.optionalNumber("builder"));
        }
    }

    @Override
    public Optional<String> remaining() throws SQLException {
        OtherBuilder.await(
                run,
                () -> leftovers().stream()
                        .flatMap(one -> one.builder().stream().map(pid -> new OtherBuilder.Seen(one.name(), pid)))
                        .findFirst());
        for (Leftover leftover : leftovers()) {
            drop(leftover.name());
        }
        return Optional.of(sql);
    }

    private void drop(String name) throws SQLException {
        try {
            Query.execute(connection, "DROP INDEX CONCURRENTLY IF EXISTS " + name);
            run.warn("The index " + name + " was INVALID, left by a REINDEX that was cut short: dropped.");
        } catch (SQLException e) {
            if (SqlStates.interrupted(e.getSQLState())) {
                throw e;
            }
            run.warn("The index " + name + " is INVALID, left by a REINDEX that was cut short, and can't be dropped ("
                    + e.getMessage() + "): drop it with a role that may.");
        }
    }

    private List<Leftover> leftovers() throws SQLException {
        String tables = switch (reindexes.reach()) {
            case INDEX -> "SELECT x.indrelid AS oid FROM pg_index x WHERE x.indexrelid IN (" + INDEXES + ")";
            case TABLE -> INDEXES;
            case SCHEMA ->
                "SELECT oid FROM pg_class WHERE relnamespace = (SELECT s.oid FROM pg_namespace s WHERE s.nspname = "
                        + literal() + ")";
            case DATABASE -> "SELECT oid FROM pg_class WHERE relnamespace <> 'pg_catalog'::regnamespace";
        };
        boolean one = reindexes.reach() == Effect.Reach.INDEX;
        return Query.list(
                connection,
                LEFTOVERS.formatted(tables, one ? COPY_OF_NAMED : ""),
                Leftover::of,
                reindexes.name().map(Catalog::quoted).orElse("pg_class"));
    }

    private String literal() {
        return "'"
                + reindexes.name().map(name -> name.name().replace("'", "''")).orElse("") + "'";
    }
}
