package dev.lockkeeper.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a session is doing at the moment, as seen from another one.
 *
 * @param begun when the session began, empty if it has ended; the server reuses process ids
 * @param waitsForLock true if it waits for a lock of any kind
 * @param phase what a long statement is at, if PostgreSQL reports that
 * @param percent how much of the phase is done, 0 to 100
 */
public record Activity(Optional<String> begun, boolean waitsForLock, Optional<String> phase, Optional<Double> percent) {
    private static final int HAS_PROGRESS_COPY = 14;

    /** One row per view, in the units that its phase counts (the manual's chapter on progress reporting). */
    private static final String PROGRESS = """
            SELECT pid, command || ': ' || phase AS phase,
                   CASE WHEN phase LIKE 'waiting%' THEN lockers_done
                        WHEN blocks_total > 0 AND phase LIKE '%scanning%' THEN blocks_done ELSE tuples_done END AS done,
                   CASE WHEN phase LIKE 'waiting%' THEN lockers_total
                        WHEN blocks_total > 0 AND phase LIKE '%scanning%' THEN blocks_total ELSE tuples_total END AS total
            FROM pg_stat_progress_create_index
            UNION ALL SELECT pid, command || ': ' || phase, heap_blks_scanned, heap_blks_total
            FROM pg_stat_progress_cluster
            UNION ALL SELECT pid, 'VACUUM: ' || phase, heap_blks_scanned, heap_blks_total FROM pg_stat_progress_vacuum
            UNION ALL SELECT pid, 'ANALYZE: ' || phase, sample_blks_scanned, sample_blks_total
            FROM pg_stat_progress_analyze""";

    private static final String PROGRESS_COPY = """

            UNION ALL SELECT pid, command || ': ' || tuples_processed || ' rows', bytes_processed, bytes_total
            FROM pg_stat_progress_copy""";

    private static final String ASK = """
            SELECT CASE WHEN a.pid IS NOT NULL THEN coalesce(a.backend_start::text, 'unknown') END AS begun,
                   coalesce(a.wait_event_type = 'Lock', false) AS waits_for_lock, p.phase,
                   100.0 * p.done / nullif(p.total, 0) AS percent
            FROM (SELECT ?::int AS pid) w LEFT JOIN pg_stat_activity a ON a.pid = w.pid
            LEFT JOIN (%s) p ON p.pid = w.pid LIMIT 1""";

    /** Looks at the session of this backend, once. */
    public static Activity of(Connection monitor, ServerFacts session) throws SQLException {
        String progress = session.majorVersion() >= HAS_PROGRESS_COPY ? PROGRESS + PROGRESS_COPY : PROGRESS;
        return Query.one(monitor, ASK.formatted(progress), Activity::activity, session.backend());
    }

    private static Activity activity(Row row) throws SQLException {
        return new Activity(
                row.optionalText("begun"),
                row.flag("waits_for_lock"),
                row.optionalText("phase"),
                row.optionalFraction("percent").map(percent -> Math.min(100, Math.max(0, percent))));
    }

    /** Asks the server to cancel what the session is doing (57014 there), over the connection that is open already. */
    public static void cancel(Connection monitor, ServerFacts session) throws SQLException {
        Query.one(monitor, "SELECT pg_cancel_backend(?) AS sent", row -> row.flag("sent"), session.backend());
    }
}
