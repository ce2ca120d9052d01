package dev.lockkeeper.postgres.history;

import dev.lockkeeper.model.Blocker;
import dev.lockkeeper.postgres.Query;
import dev.lockkeeper.postgres.Row;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The lock that only one runner has, one per history table: a session-level advisory lock, which ends with its session,
 * however that ends. We only try it, and never wait for it inside PostgreSQL: a waiting statement holds a snapshot, and
 * the lock holder's CREATE INDEX CONCURRENTLY would wait for that snapshot.
 */
public final class MigrationLock {
    /** "LKPR": our half of the key, so that other programs' advisory locks don't collide with ours. */
    static final int CLASS = 0x4C4B5052;

    private static final String TRY = "SELECT pg_try_advisory_lock(?, ?) AS taken";

    /** objsubid 2 marks the form with two keys (the manual's page on pg_locks). */
    private static final String HOLDERS = """
            SELECT l.pid, a.usename, a.application_name, host(a.client_addr) AS address, a.backend_start, a.state
            FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.granted
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.classid = ?::bigint::oid AND l.objid = ?::bigint::oid AND l.pid <> pg_backend_pid()""";

    private static final String OURS = """
            SELECT count(*) > 0 AS ours FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted
              AND pid = pg_backend_pid() AND classid = ?::bigint::oid AND objid = ?::bigint::oid""";

    private final Connection connection;
    private final int key;

    public MigrationLock(Connection connection, HistoryTable history) {
        this.connection = connection;
        this.key = key(history.schema(), history.table());
    }

    /** The second half of the key. It must never change, or an old image and a new one could run at once. */
    static int key(String schema, String table) {
        CRC32 hash = new CRC32();
        hash.update((schema + "." + table).getBytes(StandardCharsets.UTF_8));
        return (int) hash.getValue();
    }

    /** Whether this session holds it. */
    public boolean isOurs() throws SQLException {
        return Query.one(
                connection, OURS, row -> row.flag("ours"), Integer.toUnsignedLong(CLASS), Integer.toUnsignedLong(key));
    }

    /**
     * Takes the lock if nobody has it. It belongs to the session: whether a transaction is open and how that ends makes no
     * difference, and closing the connection releases it. A caller that tries again and again needs autocommit mode, since
     * an open transaction would keep a snapshot meanwhile.
     */
    public boolean tryAcquire() throws SQLException {
        return Query.one(connection, TRY, row -> row.flag("taken"), CLASS, key);
    }

    /** The sessions that hold it, other than ours. */
    public List<Blocker> holders() throws SQLException {
        return Query.list(
                connection, HOLDERS, MigrationLock::holder, Integer.toUnsignedLong(CLASS), Integer.toUnsignedLong(key));
    }

    private static Blocker holder(Row row) throws SQLException {
        return new Blocker(
                Optional.of(row.number("pid")),
                "pid " + row.number("pid"),
                row.optionalText("usename"),
                row.optionalText("application_name"),
                row.optionalText("address"),
                row.optionalText("state"),
                Optional.empty(),
                Optional.empty(),
                row.optionalText("backend_start").map(since -> "connected since " + since),
                Optional.empty());
    }

    /**
     * Ends a holder's session; our own role's sessions need no privilege, others' pg_signal_backend.
     *
     * @return false if the session has ended already
     */
    public boolean terminate(Blocker holder) throws SQLException {
        return Query.one(
                connection,
                "SELECT pg_terminate_backend(?) AS ended",
                row -> row.flag("ended"),
                holder.pid().orElseThrow());
    }
}
