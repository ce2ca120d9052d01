package dev.lockkeeper.changelog;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.sql.visitor.SqlVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the commit that stock Liquibase makes between a change set's SQL and its history row, so that both land
 * in one transaction: a kill between them leaves neither. And it hands a change set's changes to a
 * {@link ChangeExecution}.
 */
public final class HeldCommitPostgres extends PostgresDatabase {
    private boolean held;
    private boolean goesOnAfterFailure;
    private @Nullable ChangeExecution execution;
    private @Nullable SQLException failure;

    /** From now on commits wait for the history row of this change set. */
    void begin(ChangeSet changeSet, ChangeExecution how) {
        held = changeSet.isRunInTransaction();
        goesOnAfterFailure = Boolean.FALSE.equals(changeSet.getFailOnError());
        execution = how;
        failure = null;
    }

    /** No change set is open any more. */
    void end() {
        held = false;
        execution = null;
    }

    /** What the database said where a change of the change set under way failed. */
    Optional<SQLException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void executeStatements(Change change, DatabaseChangeLog log, List<SqlVisitor> visitors)
            throws LiquibaseException {
        try {
            if (execution == null) {
                super.executeStatements(change, log, visitors);
            } else {
                execution.execute(change, visitors, () -> super.executeStatements(change, log, visitors));
            }
        } catch (LiquibaseException e) {
            failure = Causes.sql(e).orElse(null);
            throw e;
        }
    }

    @Override
    public void commit() throws DatabaseException {
        if (!held) {
            super.commit();
        } else if (goesOnAfterFailure) {
            // A deferred constraint must fail here, where failOnError=false can still pass over it.
            checkDeferredConstraints();
        }
    }

    @Override
    public void markChangeSetExecStatus(ChangeSet changeSet, ChangeSet.ExecType execType) throws DatabaseException {
        held = false;
        super.markChangeSetExecStatus(changeSet, execType);
    }

    private void checkDeferredConstraints() throws DatabaseException {
        try (Statement statement = ((JdbcConnection) getConnection()).createStatement()) {
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
        } catch (SQLException e) {
            failure = e;
            throw new DatabaseException(e);
        }
    }
}
