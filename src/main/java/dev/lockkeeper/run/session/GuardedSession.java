package dev.lockkeeper.run.session;

import dev.lockkeeper.changelog.apply.SessionGuard;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.postgres.Interruption;
import dev.lockkeeper.postgres.SessionHealth;
import dev.lockkeeper.postgres.history.MigrationLock;
import dev.lockkeeper.run.Run;
import java.sql.Connection;
import java.sql.SQLException;

/** Keeps the migration lock, the settings and the role of our session, whatever a change set does to it. */
public final class GuardedSession implements SessionGuard {
    private final Run run;
    private final Session session;
    private final Connection connection;
    private final CarriedPath carried;

    /**
     * Guards the session.
     *
     * @param connection the session's own, or a view of it, over which the change sets run
     * @param carried keeps the search path
     */
    public GuardedSession(Run run, Session session, Connection connection, CarriedPath carried) {
        this.carried = carried;
        this.run = run;
        this.session = session;
        this.connection = connection;
    }

    @Override
    public void beforeRecord(ChangeSetInfo changeSet) throws SQLException {
        carried.beforeCommit(changeSet, session.restore());
        requireLock(changeSet);
    }

    private void requireLock(ChangeSetInfo changeSet) throws SQLException {
        MigrationLock lock = new MigrationLock(connection, session.history());
        if (lock.isOurs()) {
            return;
        }
        if (!lock.tryAcquire() || session.history().records(connection, changeSet.id())) {
            Interruption.abort(connection);
            throw new SQLException(
                    "a change set released the migration lock (pg_advisory_unlock_all, DISCARD ALL), and another"
                            + " runner took it",
                    SqlStates.CONNECTION_FAILURE);
        }
        run.warn("A change set released the migration lock (pg_advisory_unlock_all, DISCARD ALL): taken again.");
    }

    @Override
    public void restore() throws SQLException {
        if (!carried.unchanged()) {
            carried.between(session.restore());
        }
    }

    @Override
    public boolean gone(SQLException error) {
        return SessionHealth.gone(connection, error.getSQLState());
    }
}
