package dev.lockkeeper.run.resume;

import dev.lockkeeper.changelog.apply.OutsideTransaction;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.postgres.Query;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.sql.CreatedIndex;
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
    private final ConcurrentIndexes indexes;

    public ResumableStatements(Run run, Connection connection) {
        this.run = run;
        this.connection = connection;
        this.indexes = new ConcurrentIndexes(run, connection);
    }

    /** CONCURRENTLY waits for older transactions, and lock_timeout would count that waiting too. */
    @Override
    public void begin() throws SQLException {
        lockTimeout(Duration.ZERO);
    }

    @Override
    public void end() throws SQLException {
        lockTimeout(run.settings().limits().lockTimeout());
    }

    private void lockTimeout(Duration timeout) throws SQLException {
        Query.execute(connection, "SET lock_timeout = " + timeout.toMillis());
    }

    @Override
    public long run(ChangeSetInfo changeSet, SqlStatement statement) throws SQLException {
        if (changeSet.options().batched()) {
            return new Batches(run, connection, changeSet, statement.text()).run();
        }
        Optional<CreatedIndex> index = statement.createdIndex();
        if (index.isEmpty()) {
            Query.execute(connection, statement.text());
        } else if (!indexes.alreadyBuilt(changeSet, index.get())) {
            Query.execute(connection, statement.text());
            indexes.requireValid(index.get());
        }
        return 0;
    }
}
