package dev.lockkeeper.postgres;

import dev.lockkeeper.model.Blocker;
import dev.lockkeeper.sql.LiteralMask;
import dev.lockkeeper.sql.SqlStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who keeps a session waiting, as far as the asking role may see them.
 *
 * @param wanted what the session waits for, such as "ACCESS EXCLUSIVE on jobs"
 * @param hidden true where state, age and query of one of them aren't shown to this role
 */
public record Blockers(String wanted, List<Blocker> all, boolean hidden) {
    private static final int LONGEST_QUERY = 120;

    /**
     * pg_blocking_pids gives those who hold a conflicting lock and those queued ahead; a pid of 0 is a prepared
     * transaction (the manual's table of session information functions).
     */
    private static final String ASK = """
            WITH w AS (SELECT locktype, mode, relation, database FROM pg_locks WHERE pid = ? AND NOT granted LIMIT 1)
            SELECT w.locktype, w.mode,
                   CASE WHEN w.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                        THEN w.relation::regclass::text END,
                   b.pid, a.usename, a.application_name, host(a.client_addr), a.state, a.backend_type,
                   (extract(epoch FROM clock_timestamp() - a.state_change) * 1000)::bigint,
                   (extract(epoch FROM clock_timestamp() - a.xact_start) * 1000)::bigint,
                   (SELECT string_agg(DISTINCT l.mode, ',') FROM pg_locks l
                    WHERE l.pid = b.pid AND l.granted AND l.relation = w.relation AND l.database = w.database),
                   a.query
            FROM w CROSS JOIN (SELECT DISTINCT pid FROM unnest(pg_blocking_pids(?)) pid) b
            LEFT JOIN pg_stat_activity a ON a.pid = b.pid ORDER BY a.xact_start NULLS LAST, b.pid""";

    private static final String TERMINATE = """
            SELECT a.pid, pg_terminate_backend(a.pid) FROM pg_stat_activity a
            WHERE a.pid = ANY (pg_blocking_pids(?)) AND a.state LIKE 'idle in transaction%'
              AND a.state_change < clock_timestamp() - ? * interval '1 millisecond'""";

    private static final String MAY_TERMINATE = """
            SELECT pg_has_role(session_user, 'pg_signal_backend', 'USAGE'),
                   pg_has_role(session_user, 'pg_read_all_stats', 'USAGE')""";

    public Blockers {
        all = List.copyOf(all);
    }

    /**
     * Asks who keeps the backend waiting; empty where it doesn't wait (any more).
     *
     * @param monitor another connection than the waiting one
     */
    public static Optional<Blockers> of(Connection monitor, int backend) throws SQLException {
        try (PreparedStatement statement = monitor.prepareStatement(ASK)) {
            statement.setInt(1, backend);
            statement.setInt(2, backend);
            try (ResultSet rows = statement.executeQuery()) {
                String wanted = null;
                boolean hidden = false;
                List<Blocker> blockers = new ArrayList<>();
                while (rows.next()) {
                    wanted = wanted(rows.getString(1), rows.getString(2), rows.getString(3));
                    hidden |= rows.getInt(4) != 0 && rows.getString(8) == null && rows.getString(5) != null;
                    blockers.add(blocker(rows, rows.getString(3)));
                }
                return wanted == null ? Optional.empty() : Optional.of(new Blockers(wanted, blockers, hidden));
            }
        }
    }

    private static String wanted(String lockType, String mode, @Nullable String relation) {
        if (relation != null) {
            return LockMode.words(mode) + " on " + relation;
        }
        return switch (lockType) {
            case "virtualxid" -> "older transactions to end (CONCURRENTLY waits for them)";
            case "transactionid", "tuple" -> "another transaction's row";
            default -> lockType + " lock";
        };
    }

    private static Blocker blocker(ResultSet rows, @Nullable String relation) throws SQLException {
        int pid = rows.getInt(4);
        String type = rows.getString(9);
        String who = pid == 0
                ? "a prepared transaction (see pg_prepared_xacts)"
                : "pid " + pid + (type == null || type.equals("client backend") ? "" : " (" + type + ")");
        boolean shown = rows.getString(8) != null;
        return new Blocker(
                who,
                Optional.ofNullable(rows.getString(5)),
                Optional.ofNullable(rows.getString(6)),
                Optional.ofNullable(rows.getString(7)),
                Optional.ofNullable(rows.getString(8)),
                millis(rows, 10),
                millis(rows, 11),
                lock(rows.getString(12), relation),
                shown ? Optional.ofNullable(rows.getString(13)).map(Blockers::masked) : Optional.empty());
    }

    private static Optional<Duration> millis(ResultSet rows, int column) throws SQLException {
        long value = rows.getLong(column);
        return rows.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(Math.max(0, value)));
    }

    private static Optional<String> lock(@Nullable String modes, @Nullable String relation) {
        if (modes != null) {
            return Optional.of("holds " + LockMode.words(modes.replace("Lock,", " and ")) + " on " + relation);
        }
        return relation == null ? Optional.empty() : Optional.of("waits ahead of us for " + relation);
    }

    private static String masked(String query) {
        return new SqlStatement(LiteralMask.mask(query)).firstLine(LONGEST_QUERY);
    }

    /**
     * Ends the sessions that keep the backend waiting and have been idle in a transaction for longer than this.
     *
     * @return the ended sessions' pids
     */
    public static List<Integer> terminateIdle(Connection monitor, int backend, Duration longerThan)
            throws SQLException {
        try (PreparedStatement statement = monitor.prepareStatement(TERMINATE)) {
            statement.setInt(1, backend);
            statement.setLong(2, longerThan.toMillis());
            try (ResultSet rows = statement.executeQuery()) {
                List<Integer> ended = new ArrayList<>();
                while (rows.next()) {
                    if (rows.getBoolean(2)) {
                        ended.add(rows.getInt(1));
                    }
                }
                return ended;
            }
        }
    }

    /** The predefined roles that ending other roles' sessions needs and the user lacks. */
    public static List<String> rolesMissingToTerminate(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(MAY_TERMINATE)) {
            row.next();
            List<String> missing = new ArrayList<>();
            if (!row.getBoolean(1)) {
                missing.add("pg_signal_backend");
            }
            if (!row.getBoolean(2)) {
                missing.add("pg_read_all_stats");
            }
            return missing;
        }
    }
}
