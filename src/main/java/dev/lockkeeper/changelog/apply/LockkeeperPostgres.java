package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.changelog.Causes;
import dev.lockkeeper.model.SchemaNames;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.sql.visitor.SqlVisitor;
import liquibase.structure.DatabaseObject;
import org.jspecify.annotations.Nullable;

/**
 * Liquibase's view of our connection, with two differences. Commits follow a {@link CommitPolicy}: plain Liquibase commits
 * between a change set's SQL and its history row, and a kill between them leaves one without the other. And a change set's
 * changes go through a {@link ChangeExecution}.
 */
public final class LockkeeperPostgres extends PostgresDatabase {
    private final ExactSchemas exactSchemas;
    private CommitPolicy policy = CommitPolicy.AS_ASKED;
    private @Nullable OpenChangeSet open;
    private boolean recording;

    LockkeeperPostgres(SchemaNames schemas) {
        exactSchemas = new ExactSchemas(schemas);
    }

    /** From now on commits follow the change set's policy. */
    void begin(OpenChangeSet changeSet) {
        open = changeSet;
        policy = changeSet.run().policy();
    }

    /** No change set is open any more. */
    void end() {
        open = null;
        policy = CommitPolicy.AS_ASKED;
    }

    /** From now on nothing is committed until {@link #commitAll}. */
    void holdAll() {
        policy = CommitPolicy.ALL_AT_ONCE;
    }

    /** Commits all that was held. */
    void commitAll() throws DatabaseException {
        policy = CommitPolicy.AS_ASKED;
        super.commit();
    }

    @Override
    public void executeStatements(Change change, DatabaseChangeLog log, List<SqlVisitor> visitors)
            throws LiquibaseException {
        OpenChangeSet changeSet = open;
        if (changeSet == null) {
            super.executeStatements(change, log, visitors);
            return;
        }
        try {
            changeSet.execution().execute(change, visitors, () -> super.executeStatements(change, log, visitors));
        } catch (LiquibaseException e) {
            Causes.rethrowFatal(e);
            changeSet.run().failed(Causes.sql(e).orElse(null));
            throw e;
        }
    }

    @Override
    public void markChangeSetExecStatus(ChangeSet changeSet, ChangeSet.ExecType execType) throws DatabaseException {
        OpenChangeSet changeSetRun = open;
        if (changeSetRun == null) {
            writeRow(changeSet, execType);
            return;
        }
        changeSetRun.beforeRecord();
        policy = CommitPolicy.AS_ASKED;
        changeSetRun.execution().record(() -> writeRow(changeSet, execType));
    }

    private void writeRow(ChangeSet changeSet, ChangeSet.ExecType execType) throws DatabaseException {
        recording = true;
        try {
            super.markChangeSetExecStatus(changeSet, execType);
        } finally {
            recording = false;
        }
    }

    /** What Liquibase writes as the time of a history row; what a change set calls the current time stays as it is. */
    @Override
    public String getCurrentDateTimeFunction() {
        return recording
                ? RecordingTime.after(escapeTableName(
                        getLiquibaseCatalogName(), getLiquibaseSchemaName(), getDatabaseChangeLogTableName()))
                : super.getCurrentDateTimeFunction();
    }

    @Override
    public void commit() throws DatabaseException {
        policy.commit(transaction());
    }

    @Override
    public void rollback() throws DatabaseException {
        policy.rollback(transaction());
    }

    private CommitPolicy.Transaction transaction() {
        return new CommitPolicy.Transaction() {
            @Override
            public void commitNow() throws DatabaseException {
                LockkeeperPostgres.super.commit();
            }

            @Override
            public void rollbackNow() throws DatabaseException {
                LockkeeperPostgres.super.rollback();
            }

            @Override
            public void checkDeferredConstraints() throws DatabaseException {
                constraintsImmediate();
            }
        };
    }

    private void constraintsImmediate() throws DatabaseException {
        try (Statement statement = ((JdbcConnection) getConnection()).createStatement()) {
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
        } catch (SQLException e) {
            if (open != null) {
                open.run().failed(e);
            }
            throw new DatabaseException(e);
        }
    }

    @Override
    public String correctObjectName(String name, Class<? extends DatabaseObject> type) {
        return exactSchemas.names(name, type) ? name : super.correctObjectName(name, type);
    }

    @Override
    public String escapeObjectName(String name, Class<? extends DatabaseObject> type) {
        return exactSchemas.mustQuote(name, type) ? ExactSchemas.quoted(name) : super.escapeObjectName(name, type);
    }

    @Override
    public String quoteObject(String name, Class<? extends DatabaseObject> type) {
        return exactSchemas.names(name, type) ? ExactSchemas.quoted(name) : super.quoteObject(name, type);
    }
}
