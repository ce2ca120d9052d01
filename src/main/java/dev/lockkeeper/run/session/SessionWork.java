package dev.lockkeeper.run.session;

import dev.lockkeeper.changelog.apply.NothingDoneException;
import dev.lockkeeper.changelog.apply.ServerWork;
import dev.lockkeeper.model.ChangeSetInfo;
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

/** Carries out what runs outside a transaction: without a lock timeout, and so that it can be begun again. */
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
                    "a change set gave the migration lock away (pg_advisory_unlock_all, DISCARD ALL), and another"
                            + " runner took it",
                    SqlStates.CONNECTION_FAILURE);
        }
        run.warn("A change set gave the migration lock away (pg_advisory_unlock_all, DISCARD ALL): taken again.");
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
        Optional<IndexBuilds.Found> found = awaitOthers(index);
        if (found.isEmpty()) {
            return false;
        }
        IndexBuilds.Found there = found.get();
        if (!there.valid() && there.onTable() && !there.partitioned()) {
            run.warn("The index " + there.name() + " is INVALID, left by a run that was cut short: dropped, and built"
                    + " again.");
            indexes.drop(there);
            return false;
        }
        requireAsDefined(there, index);
        run.warn("The index " + there.name() + " of " + changeSet.id()
                + " stands already, valid and as defined: recorded, not built again.");
        return true;
    }

    /** An INVALID index may be one that somebody else is just building: dropping it would end that in a deadlock. */
    private Optional<IndexBuilds.Found> awaitOthers(CreatedIndex index) throws SQLException {
        long end = System.nanoTime() + run.settings().limits().runnerWait().toNanos();
        boolean said = false;
        Optional<IndexBuilds.Found> found = indexes.find(index);
        while (found.filter(there -> !there.valid() && there.builder().isPresent())
                .isPresent()) {
            String who = "the index " + found.get().name() + " is INVALID, and pid "
                    + found.get().builder().get() + ", which isn't ours, may be building it right now";
            if (System.nanoTime() > end) {
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

    private void requireAsDefined(IndexBuilds.Found there, CreatedIndex index) throws SQLException {
        String why;
        try {
            if (indexes.asDefined(there, index)) {
                return;
            }
            why = "with another definition (" + there.definition() + ")";
        } catch (SQLException e) {
            if (SqlStates.connectionLost(e.getSQLState())) {
                throw e;
            }
            why = "and can't be compared with the change set's (" + e.getMessage() + ")";
        }
        throw new NothingDoneException(
                "the index " + there.name() + " stands already, " + why
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
