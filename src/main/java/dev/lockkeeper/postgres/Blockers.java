package dev.lockkeeper.postgres;

import dev.lockkeeper.model.Blocker;
import dev.lockkeeper.sql.LiteralMask;
import dev.lockkeeper.sql.SqlStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who keeps a session waiting, as far as the asking role may see them.
 *
 * @param wanted what the session waits for, such as "ACCESS EXCLUSIVE on jobs"
 * @param hidden true if state, age and query of one of them aren't shown to this role
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
                        THEN w.relation::regclass::text END AS relation,
                   b.pid, a.usename, a.application_name, host(a.client_addr) AS address, a.state, a.backend_type,
                   (extract(epoch FROM clock_timestamp() - a.state_change) * 1000)::bigint AS state_age,
                   (extract(epoch FROM clock_timestamp() - a.xact_start) * 1000)::bigint AS transaction_age,
                   (SELECT string_agg(DISTINCT l.mode, ',') FROM pg_locks l
                    WHERE l.pid = b.pid AND l.granted AND l.relation = w.relation AND l.database = w.database) AS held,
                   a.query
            FROM w CROSS JOIN (SELECT DISTINCT pid FROM unnest(pg_blocking_pids(?)) pid) b
            LEFT JOIN pg_stat_activity a ON a.pid = b.pid ORDER BY a.xact_start NULLS LAST, b.pid""";

    private static final String TERMINATE = """
            SELECT a.pid, pg_terminate_backend(a.pid) AS ended FROM pg_stat_activity a
            WHERE a.pid = ANY (pg_blocking_pids(?)) AND a.state LIKE 'idle in transaction%'
              AND a.state_change < clock_timestamp() - ? * interval '1 millisecond'""";

    public Blockers {
        all = List.copyOf(all);
    }

    /** A blocker, and what the row says about the session that waits. */
    private record Seen(String wanted, Blocker blocker, boolean hidden) {}

    /**
     * Asks who keeps the backend waiting; empty when it doesn't wait (any more).
     *
     * @param monitor a connection other than the waiting one
     */
    public static Optional<Blockers> of(Connection monitor, int backend) throws SQLException {
        List<Seen> all = Query.list(monitor, ASK, Blockers::seen, backend, backend);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Blockers(
                all.get(0).wanted(),
                all.stream().map(Seen::blocker).toList(),
                all.stream().anyMatch(Seen::hidden)));
    }

    private static Seen seen(Row row) throws SQLException {
        int pid = row.number("pid");
        Optional<String> relation = row.optionalText("relation");
        Optional<String> user = row.optionalText("usename");
        Optional<String> state = row.optionalText("state");
        Blocker blocker = new Blocker(
                pid == 0 ? Optional.empty() : Optional.of(pid),
                who(pid, row.optionalText("backend_type")),
                user,
                row.optionalText("application_name"),
                row.optionalText("address"),
                state,
                row.optionalMillis("state_age"),
                row.optionalMillis("transaction_age"),
                lock(row.optionalText("held"), relation),
                state.isPresent() ? row.optionalText("query").map(Blockers::masked) : Optional.empty());
        boolean hidden = pid != 0 && state.isEmpty() && user.isPresent();
        return new Seen(wanted(row.text("locktype"), row.text("mode"), relation), blocker, hidden);
    }

    private static String wanted(String lockType, String mode, Optional<String> relation) {
        if (relation.isPresent()) {
            return LockMode.words(mode) + " on " + relation.get();
        }
        return switch (lockType) {
            case "virtualxid" -> "older transactions to end (CONCURRENTLY waits for them)";
            case "transactionid", "tuple" -> "another transaction's row";
            default -> lockType + " lock";
        };
    }

    private static String who(int pid, Optional<String> backendType) {
        if (pid == 0) {
            return "a prepared transaction (see pg_prepared_xacts)";
        }
        return "pid " + pid
                + backendType
                        .filter(type -> !type.equals("client backend"))
                        .map(type -> " (" + type + ")")
                        .orElse("");
    }

    private static Optional<String> lock(Optional<String> held, Optional<String> relation) {
        if (held.isPresent()) {
            String modes = LockMode.words(held.get().replace("Lock,", " and "));
            return Optional.of(
                    "holds " + modes + relation.map(table -> " on " + table).orElse(""));
        }
        return relation.map(table -> "waits ahead of us for " + table);
    }

    private static String masked(String query) {
        return new SqlStatement(LiteralMask.mask(query)).onOneLine(LONGEST_QUERY);
    }

    /**
     * Ends the sessions that keep the backend waiting and have been idle in a transaction for longer than this.
     *
     * @return the ended sessions' pids
     */
    public static List<Integer> terminateIdle(Connection monitor, int backend, Duration longerThan)
            throws SQLException {
        return Query.list(monitor, TERMINATE, Blockers::endedPid, backend, longerThan.toMillis()).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Integer> endedPid(Row row) throws SQLException {
        return row.flag("ended") ? Optional.of(row.number("pid")) : Optional.empty();
    }
}
