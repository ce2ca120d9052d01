package dev.lockkeeper.run.watch;

import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.postgres.Blockers;
import dev.lockkeeper.postgres.ServerFacts;
import dev.lockkeeper.run.Run;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Ends sessions that keep us waiting while they are idle in a transaction, if a setting asks for that. Only the watch
 * thread uses it.
 */
final class IdleBlockers {
    private final Run run;
    private final ServerFacts session;
    private final Optional<Duration> longest;
    private boolean refusalReported;

    IdleBlockers(Run run, ServerFacts session) {
        this.run = run;
        this.session = session;
        this.longest = run.settings().limits().terminateIdleBlockers();
    }

    /**
     * Ends those that have been idle for too long.
     *
     * @throws SQLException if the monitor connection is lost, or the server refuses a second time
     */
    void end(Connection monitor) throws SQLException {
        if (longest.isEmpty()) {
            return;
        }
        for (int pid : ended(monitor, longest.get())) {
            run.warn("Ended the session of pid " + pid + ", which kept us waiting and had been idle in its transaction"
                    + " for too long (LOCKKEEPER_TERMINATE_BLOCKERS_IDLE_IN_TRANSACTION).");
        }
    }

    private List<Integer> ended(Connection monitor, Duration longerThan) throws SQLException {
        try {
            return Blockers.terminateIdle(monitor, session.backend(), longerThan);
        } catch (SQLException e) {
            if (SqlStates.connectionLost(e.getSQLState()) || refusalReported) {
                throw e;
            }
            refusalReported = true;
            run.warn("A session that keeps us waiting can't be ended: " + e.getMessage());
            return List.of();
        }
    }
}
