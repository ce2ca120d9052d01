package dev.lockkeeper.run.session;

import dev.lockkeeper.changelog.apply.NothingDoneException;
import dev.lockkeeper.changelog.apply.ServerWork;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Deadline;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.postgres.IndexBuilds;
import dev.lockkeeper.postgres.Query;
import dev.lockkeeper.postgres.history.MigrationLock;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.sql.CreatedIndex;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * What change sets need from our session, which is three things: that it stays ours (the migration lock, the settings), that
 * what runs outside a transaction runs without a lock timeout, and that what was cut short there can be run again.
 */
public final class SessionWork implements ServerWork {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Run run;
    private final Session session;
    private final Connection connection;
    private final IndexBuilds indexes;

    public SessionWork(Run run, Session session, Connection connection) {
        this.run = run;
        this.session = session;
        this.connection = connection;
        this.indexes = new IndexBuilds(connection);
    }

    @Override
    public void restore() throws SQLException {
        session.restore();
    }

    @Override
    public void requireLock(ChangeSetInfo changeSet) throws SQLException {
        MigrationLock lock = new MigrationLock(connection, session.history());
        if (lock.isOurs()) {
            return;
        }
        if (!lock.tryAcquire() || session.history().records(connection, changeSet.id())) {
            throw new SQLException(
                    "a change set released the migration lock (pg_advisory_unlock_all, DISCARD ALL), and another"
                            + " runner took it",
                    SqlStates.CONNECTION_FAILURE);
        }
        run.warn("A change set released the migration lock (pg_advisory_unlock_all, DISCARD ALL): taken again.");
    }

    /** CONCURRENTLY waits for older transactions, and lock_timeout would count that waiting too. */
    @Override
    public void enter() throws SQLException {
        lockTimeout(Duration.ZERO);
    }

    @Override
    public void leave() throws SQLException {
        lockTimeout(run.settings().limits().lockTimeout());
    }

    private void lockTimeout(Duration timeout) throws SQLException {
        execute("SET lock_timeout = " + timeout.toMillis());
    }

    @Override
    public void execute(String sql) throws SQLException {
        Query.execute(connection, sql);
    }

    @Override
    public boolean stands(ChangeSetInfo changeSet, CreatedIndex index) throws SQLException {
        Optional<IndexBuilds.Found> existing = findUnlessBeingBuilt(index);
        if (existing.isEmpty()) {
            return false;
        }
        IndexBuilds.Found found = existing.get();
        if (isLeftover(found)) {
            run.warn("The index " + found.name() + " is INVALID, left by a run that was cut short: dropped, and built"
                    + " again.");
            indexes.drop(found);
            return false;
        }
        requireAsDefined(found, index);
        run.warn("The index " + found.name() + " of " + changeSet.id()
                + " exists already, valid and as defined: recorded, not built again.");
        return true;
    }

    /** An index of a partitioned table may be INVALID because those of its partitions aren't attached yet. */
    private static boolean isLeftover(IndexBuilds.Found found) {
        return !found.valid() && found.onTable() && !found.partitioned();
    }

    /**
     * The index as it is when nobody builds it: an INVALID one may be somebody else's that is being built, and dropping that
     * would end in a deadlock.
     *
     * @throws SQLException of class 55 if it is still being built after the time to wait for another runner
     */
    private Optional<IndexBuilds.Found> findUnlessBeingBuilt(CreatedIndex index) throws SQLException {
        Deadline deadline = Deadline.in(run.settings().limits().runnerWait());
        boolean said = false;
        Optional<IndexBuilds.Found> found = indexes.find(index);
        while (found.filter(one -> !one.valid() && one.builder().isPresent()).isPresent()) {
            String who = "the index " + found.get().name() + " is INVALID, and pid "
                    + found.get().builder().get() + ", which isn't ours, may be building it right now";
            if (deadline.passed()) {
                throw new SQLException(who + ": wait for that session, or end it", SqlStates.OBJECT_IN_USE);
            }
            if (!said) {
                run.warn("Waiting: " + who + ".");
                said = true;
            }
            run.stop().pause(LOOK_AGAIN);
            run.stop().check();
            found = indexes.find(index);
        }
        return found;
    }

    private void requireAsDefined(IndexBuilds.Found found, CreatedIndex index) throws SQLException {
        String why;
        try {
            if (indexes.asDefined(found, index)) {
                return;
            }
            why = "with another definition (" + found.definition() + ")";
        } catch (SQLException e) {
            if (SqlStates.connectionLost(e.getSQLState())) {
                throw e;
            }
            why = "and can't be compared with the change set's (" + e.getMessage() + ")";
        }
        throw new NothingDoneException(
                "the index " + found.name() + " exists already, " + why
                        + ": nothing was done; drop or rename it, or record the change set by hand",
                SqlStates.DUPLICATE_TABLE);
    }

    @Override
    public void built(CreatedIndex index) throws SQLException {
        Optional<IndexBuilds.Found> found = indexes.find(index);
        if (found.isPresent() && !found.get().valid()) {
            throw new SQLException(
                    "the index " + found.get().name() + " is INVALID after it was built", SqlStates.OBJECT_NOT_READY);
        }
    }

    @Override
    public long repeat(ChangeSetInfo changeSet, String sql) throws SQLException {
        return new Batches(run, connection, changeSet, sql).run();
    }
}
