package dev.lockkeeper.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** How far the replicas are behind. */
public final class ReplicationLag {
    /**
     * An ordinary role sees the rows without their values (pg_read_all_stats shows those); replay_lag is NULL when
     * idle.
     */
    private static final String WORST =
            "SELECT (extract(epoch FROM max(replay_lag)) * 1000)::bigint AS lag FROM pg_stat_replication";

    private ReplicationLag() {}

    /** The replica that is furthest behind; empty if there is none, or this role may not see it. */
    public static Optional<Duration> worst(Connection connection) throws SQLException {
        return Query.one(connection, WORST, row -> row.optionalMillis("lag"));
    }
}
