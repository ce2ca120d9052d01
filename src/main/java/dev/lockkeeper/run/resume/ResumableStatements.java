package dev.lockkeeper.run.resume;

import dev.lockkeeper.changelog.apply.OutsideTransaction;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.postgres.Query;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.sql.SqlStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs statements outside a transaction, each in the way that can be resumed. They have no lock timeout, except batches, which
 * set their own.
 */
public final class ResumableStatements implements OutsideTransaction {
    private final Run run;
    private final Connection connection;
    private final Resumptions resumptions;
    private final HistoryRows rows;

    public ResumableStatements(Run run, Connection connection) {
        this.run = run;
        this.connection = connection;
        this.resumptions = new Resumptions(run, connection);
        this.rows = new HistoryRows(run);
        // An attempt before this one may have ended between a statement and its row.
        run.stop().canceller().spare(false);
    }

    /** CONCURRENTLY waits for older transactions, and lock_timeout would count that waiting too. */
    @Override
    public void begin() throws SQLException {
        run.stop().canceller().spare(false);
        lockTimeout(Duration.ZERO);
    }

    @Override
    public void end(boolean done) throws SQLException {
        run.stop().canceller().spare(done);
        rows.uncancelled(() -> lockTimeout(run.settings().limits().lockTimeout()));
    }

    private void lockTimeout(Duration timeout) throws SQLException {
        Query.execute(connection, "SET lock_timeout = " + timeout.toMillis());
    }

    @Override
    public long run(ChangeSetInfo changeSet, SqlStatement statement) throws SQLException {
        if (changeSet.options().batched()) {
            return new Batches(run, connection, changeSet, statement.text()).run();
        }
        Resumption resumption = resumptions.of(changeSet, statement);
        Optional<String> remaining = resumption.remaining();
        if (remaining.isPresent()) {
            Query.execute(connection, remaining.get());
            resumption.verify();
        }
        return 0;
    }

    @Override
    public void record(ChangeSetInfo changeSet, Recording row) throws SQLException {
        try {
            rows.record(changeSet, row);
        } finally {
            run.stop().canceller().spare(false);
        }
    }
}
