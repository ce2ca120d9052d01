package dev.lockkeeper.changelog;

import java.sql.SQLException;
import java.sql.Statement;
import liquibase.changelog.ChangeSet;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;

/**
 * Holds back the commit that stock Liquibase makes between a change set's SQL and its history row, so that both land
 * in one transaction: a kill between them leaves neither.
 */
public final class HeldCommitPostgres extends PostgresDatabase {
    private boolean held;
    private boolean goesOnAfterFailure;

    /** From now on commits wait for the history row of this change set. */
    void begin(ChangeSet changeSet) {
        held = changeSet.isRunInTransaction();
        goesOnAfterFailure = Boolean.FALSE.equals(changeSet.getFailOnError());
    }

    /** No change set is open any more. */
    void end() {
        held = false;
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
            throw new DatabaseException(e);
        }
    }
}
