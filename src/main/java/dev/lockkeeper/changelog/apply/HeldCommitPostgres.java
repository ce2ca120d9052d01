package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.changelog.Causes;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.sql.visitor.SqlVisitor;
import liquibase.structure.DatabaseObject;
import liquibase.structure.core.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the commit that stock Liquibase makes between a change set's SQL and its history row, so that both land
 * in one transaction: a kill between them leaves neither. And it hands a change set's changes to a
 * {@link ChangeExecution}.
 */
public final class HeldCommitPostgres extends PostgresDatabase {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private boolean held;
    private boolean goesOnAfterFailure;
    private @Nullable ChangeExecution execution;
    private @Nullable ChangeSetListener listener;
    private @Nullable SQLException failure;
    private boolean wholly;
    private Set<String> exactSchemas = Set.of();

    /** From now on commits wait for the history row of this change set. */
    void begin(ChangeSet changeSet, ChangeExecution how, ChangeSetListener asked) {
        held = changeSet.isRunInTransaction();
        goesOnAfterFailure = Boolean.FALSE.equals(changeSet.getFailOnError());
        execution = how;
        listener = asked;
        failure = null;
    }

    /** From now on nothing is committed until {@link #commitWholly}. */
    void holdWholly() {
        wholly = true;
    }

    /** Commits all that was held. */
    void commitWholly() throws DatabaseException {
        wholly = false;
        super.commit();
    }

    /** Names these schemas as they are; Liquibase leaves a name in capitals to PostgreSQL, which folds it. */
    void nameExactly(Set<String> schemas) {
        exactSchemas = schemas;
    }

    @Override
    public String escapeObjectName(String objectName, Class<? extends DatabaseObject> objectType) {
        return objectName != null
                        && Schema.class.isAssignableFrom(objectType)
                        && exactSchemas.contains(objectName)
                        && !PLAIN.matcher(objectName).matches()
                ? '"' + objectName.replace("\"", "\"\"") + '"'
                : super.escapeObjectName(objectName, objectType);
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
        if (wholly) {
            return;
        }
        if (!held) {
            super.commit();
        } else if (goesOnAfterFailure) {
            // A deferred constraint must fail here, where failOnError=false can still pass over it.
            checkDeferredConstraints();
        }
    }

    /** Liquibase ends every command with one, to leave nothing open; what is held for the end must outlive that. */
    @Override
    public void rollback() throws DatabaseException {
        if (!wholly) {
            super.rollback();
        }
    }

    @Override
    public void markChangeSetExecStatus(ChangeSet changeSet, ChangeSet.ExecType execType) throws DatabaseException {
        if (execution != null) {
            execution.requireLock();
        }
        if (held && listener != null) {
            // A statement may have swallowed our cancelling; what runs outside a transaction is done and gets its row.
            listener.mayGoOn();
        }
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
