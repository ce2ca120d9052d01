package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.changelog.Causes;
import dev.lockkeeper.changelog.ChangeSetSql;
import dev.lockkeeper.changelog.failure.UnrecordedException;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.sql.SqlStatement;
import dev.lockkeeper.sql.outside.Effect;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import liquibase.change.AbstractSQLChange;
import liquibase.change.Change;
import liquibase.change.core.OutputChange;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.sql.visitor.SqlVisitor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one change set's changes: by Liquibase as they are, or outside a transaction so that they can be resumed. */
final class ChangeExecution {
    private static final Logger OUTPUT = LoggerFactory.getLogger(OutputChange.class);

    private final Database database;
    private final ChangeSetInfo changeSet;
    private final SessionGuard guard;
    private final OutsideTransaction outside;
    private boolean begun;
    private @Nullable DatabaseException rowFailure;

    ChangeExecution(Database database, ChangeSetInfo changeSet, SessionGuard guard, OutsideTransaction outside) {
        this.database = database;
        this.changeSet = changeSet;
        this.guard = guard;
        this.outside = outside;
    }

    /** What Liquibase does with a change. */
    interface Stock {
        void execute() throws LiquibaseException;
    }

    /** What Liquibase does to write a history row. */
    interface StockRow {
        void write() throws DatabaseException;
    }

    /** Before the history row: the change set's SQL may have taken on another role, or given the migration lock away. */
    void beforeRecord() throws DatabaseException {
        if (changeSet.traits().altersSession()) {
            try {
                guard.beforeRecord(changeSet);
            } catch (SQLException e) {
                throw new DatabaseException(e);
            }
        }
    }

    void execute(Change change, List<SqlVisitor> visitors, Stock stock) throws LiquibaseException {
        if (change instanceof OutputChange output) {
            // Liquibase writes it to the process's own output, between the lines of the report.
            OUTPUT.info(output.getMessage());
            return;
        }
        try {
            if (changeSet.transactional()) {
                ownLockTimeout();
                stock.execute();
            } else {
                outside.begin();
                try {
                    outsideTransaction(change, visitors, stock);
                } catch (LiquibaseException | SQLException | RuntimeException e) {
                    end(e);
                    throw e;
                }
                outside.end(true);
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** The failure is what counts; after a lost connection there is nothing to end. */
    private void end(Exception failure) {
        try {
            outside.end(false);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** For this transaction only: it ends with it, whichever way that ends. */
    private void ownLockTimeout() throws SQLException, DatabaseException {
        if (begun || changeSet.options().lockTimeout().isEmpty()) {
            return;
        }
        begun = true;
        try (Statement statement = ((JdbcConnection) database.getConnection()).createStatement()) {
            statement.execute("SET LOCAL lock_timeout = "
                    + changeSet.options().lockTimeout().get().toMillis());
        }
    }

    private void outsideTransaction(Change change, List<SqlVisitor> visitors, Stock stock)
            throws LiquibaseException, SQLException {
        Optional<List<SqlStatement>> statements = Optional.of(change)
                .filter(ChangeSetSql::isOutlined)
                .flatMap(one -> ChangeSetSql.of(one, visitors == null ? List.of() : visitors, database))
                .filter(all -> changeSet.options().batched() || resumes(change, all));
        if (statements.isEmpty()) {
            stock.execute();
            return;
        }
        for (SqlStatement statement : statements.get()) {
            try {
                ChangeSetRun.count(outside.run(changeSet, statement));
            } catch (SQLException e) {
                // As Liquibase words it, so that the report finds the statement in the one place.
                throw new DatabaseException(e.getMessage() + " [Failed SQL: " + statement.text() + "]", e);
            }
        }
    }

    /**
     * Whether a statement must look first what an earlier run did. Statements that Liquibase sends together are one
     * transaction. They stay together, unless one of them would fail in it, or each can be taken up by itself.
     */
    private static boolean resumes(Change change, List<SqlStatement> statements) {
        List<Effect> effects = statements.stream().map(Effect::of).toList();
        boolean together =
                change instanceof AbstractSQLChange written && !written.isSplitStatements() && statements.size() > 1;
        if (together && effects.stream().anyMatch(Effect.Unrecognised.class::isInstance)) {
            return statements.stream().anyMatch(SqlStatement::needsAutocommit);
        }
        return effects.stream().anyMatch(Effect.Recognisable.class::isInstance);
    }

    /** Writes the history row, which is all that is missing of a change set outside a transaction. */
    void record(StockRow row) throws DatabaseException {
        if (changeSet.transactional()) {
            row.write();
            return;
        }
        try {
            outside.record(changeSet, () -> write(row));
        } catch (SQLException e) {
            // Liquibase's own exception has the statement.
            throw rowFailure == null || e instanceof UnrecordedException ? new DatabaseException(e) : rowFailure;
        }
    }

    private void write(StockRow row) throws SQLException {
        try {
            row.write();
        } catch (DatabaseException e) {
            rowFailure = e;
            SQLException cause = Causes.sql(e).orElseGet(() -> new SQLException(e));
            try {
                ((JdbcConnection) database.getConnection()).rollback();
            } catch (DatabaseException lost) {
                cause.addSuppressed(lost);
            }
            throw cause;
        }
    }
}
