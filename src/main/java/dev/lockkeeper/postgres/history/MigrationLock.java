package dev.lockkeeper.postgres.history;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The lock that only one runner has: a session's advisory lock, which ends with its session whatever ends that. One per
 * history table. It is only ever tried, never waited for inside PostgreSQL: a waiting statement holds a snapshot, for
 * which the runner's own CREATE INDEX CONCURRENTLY would wait.
 */
public final class MigrationLock {
    /** "LKPR": our half of the key, so that other programs' advisory locks don't meet ours. */
    static final int CLASS = 0x4C4B5052;

    private static final String TRY = "SELECT pg_try_advisory_lock(?, ?)";
    private static final String UNLOCK = "SELECT pg_advisory_unlock(?, ?)";

    /** objsubid 2 marks the form with two keys (the manual's page on pg_locks). */
    private static final String HOLDERS = """
            SELECT l.pid, a.usename, a.application_name, host(a.client_addr), a.backend_start, a.state
            FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.granted
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.classid = ?::bigint::oid AND l.objid = ?::bigint::oid AND l.pid <> pg_backend_pid()""";

    private static final String OURS = """
            SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted
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

    /** A session that holds the lock. */
    public record Holder(
            int pid,
            @Nullable String user,
            @Nullable String applicationName,
            @Nullable String address,
            @Nullable String since,
            @Nullable String state) {

        /** One line for a person. */
        public String sentence() {
            return "pid " + pid + ", user " + user + ", application " + applicationName
                    + (address == null ? "" : ", from " + address) + ", connected since " + since
                    + (state == null ? "" : ", " + state);
        }
    }

    /** Whether this session holds it. */
    public boolean isOurs() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OURS)) {
            statement.setLong(1, Integer.toUnsignedLong(CLASS));
            statement.setLong(2, Integer.toUnsignedLong(key));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    /** Takes the lock if nobody has it; the connection must be in autocommit. */
    public boolean tryAcquire() throws SQLException {
        return ask(TRY);
    }

    /** Gives it back; closing the connection does the same. */
    public void release() throws SQLException {
        ask(UNLOCK);
    }

    private boolean ask(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, CLASS);
            statement.setInt(2, key);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    /** Who has it, other than us. */
    public List<Holder> holders() throws SQLException {
        List<Holder> holders = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(HOLDERS)) {
            statement.setLong(1, Integer.toUnsignedLong(CLASS));
            statement.setLong(2, Integer.toUnsignedLong(key));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    holders.add(new Holder(
                            rows.getInt(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            rows.getString(6)));
                }
            }
        }
        return holders;
    }

    /** Ends a holder's session; our own role's sessions need no privilege, others' pg_signal_backend. */
    public boolean terminate(Holder holder) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_terminate_backend(?)")) {
            statement.setInt(1, holder.pid());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }
}
