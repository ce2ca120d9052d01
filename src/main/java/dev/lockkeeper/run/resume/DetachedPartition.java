package dev.lockkeeper.run.resume;

import dev.lockkeeper.postgres.Catalog;
import dev.lockkeeper.postgres.Query;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.sql.Identifier;
import dev.lockkeeper.sql.outside.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** ALTER TABLE … DETACH PARTITION: done if both tables exist and one isn't the other's partition; FINALIZE if it is pending. */
record DetachedPartition(Run run, Connection connection, Found found, Effect.DetachesPartition detaches, String sql)
        implements Resumption {
    /** PostgreSQL 13 has no column that says whether it is pending. */
    private static final String FIND = """
            SELECT i.inhrelid IS NOT NULL AS attached,
                   coalesce((to_jsonb(i) ->> 'inhdetachpending')::boolean, false) AS pending
            FROM pg_class c JOIN pg_class p ON p.oid = to_regclass(?) AND p.relkind = 'p'
            LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND i.inhparent = p.oid
            WHERE c.oid = to_regclass(?)""";

    /** Whether a table is a partition of another. */
    private record Bond(boolean attached, boolean pending) {}

    @Override
    public Optional<String> remaining() throws SQLException {
        String table = Catalog.quoted(detaches.table());
        String partition = Catalog.quoted(detaches.partition());
        Optional<Bond> bond = Query.first(
                connection, FIND, row -> new Bond(row.flag("attached"), row.flag("pending")), table, partition);
        if (bond.filter(one -> !one.attached()).isPresent()) {
            return found.done("The table " + Identifier.quoteIfNeeded(detaches.partition()) + " is no partition of "
                    + Identifier.quoteIfNeeded(detaches.table()));
        }
        if (bond.filter(Bond::pending).isEmpty()) {
            return Optional.of(sql);
        }
        run.warn("The partition " + Identifier.quoteIfNeeded(detaches.partition())
                + " is detached only halfway, by a run that was cut short: FINALIZE completes it.");
        return Optional.of("ALTER TABLE " + table + " DETACH PARTITION " + partition + " FINALIZE");
    }
}
