package dev.lockkeeper.run.migration;

import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.postgres.execution.WatchedConnection;
import dev.lockkeeper.run.Tally;
import dev.lockkeeper.sql.SqlStatement;
import dev.lockkeeper.sql.Written;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Notices what is written and committed, also outside change sets: Liquibase creates, extends and completes its history. */
final class WriteWatch implements WatchedConnection.Listener {
    private final Connection connection;
    private final Tally tally;
    private boolean autocommit;

    /** What the open transaction has written. */
    private Written open = Written.NONE;

    WriteWatch(Connection connection, Tally tally) {
        this.connection = connection;
        this.tally = tally;
    }

    @Override
    public void before(Statement statement) throws SQLException {
        autocommit = connection.getAutoCommit();
    }

    @Override
    public void succeeded(String sql, long rows) {
        if (tally.hasWritten() || (open == Written.CERTAIN && !autocommit && !endsTransaction(sql))) {
            return;
        }
        open = open.or(Written.ofSuccess(sql, rows));
        if (autocommit || endsTransaction(sql)) {
            committed(true);
        }
    }

    /** The change set's own COMMIT. Whatever ends a transaction may have committed it. */
    private static boolean endsTransaction(String sql) {
        return new SqlStatement(sql).endsTransaction();
    }

    @Override
    public void failed(String sql, SQLException error) throws SQLException {
        if (!autocommit || tally.hasWritten() || SqlStates.refusedAtOnce(error.getSQLState())) {
            return;
        }
        // If the connection is gone, nobody heard how it ended.
        boolean heard = !connection.isClosed();
        tally.wrote(heard ? Written.ofFailure(sql) : Written.ofSuccess(sql, -1).atMostPerhaps());
    }

    @Override
    public void committed(boolean heard) {
        tally.wrote(heard ? open : open.atMostPerhaps());
        open = Written.NONE;
    }

    @Override
    public void rolledBack() {
        open = Written.NONE;
    }
}
