package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.changelog.Causes;
import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.LiquibaseScope;
import dev.lockkeeper.changelog.failure.InTheWayException;
import dev.lockkeeper.changelog.failure.UnmetPrecondition;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.SchemaNames;
import dev.lockkeeper.model.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import liquibase.Scope;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import liquibase.precondition.core.PreconditionContainer;

/**
 * The preconditions of the changelog itself and of its included files. Liquibase checks them after it has created the history
 * table; here they are checked before anything is touched.
 */
public final class ChangelogPreconditions {
    private ChangelogPreconditions() {}

    /**
     * Checks all of them.
     *
     * @return a sentence on each that isn't met but lets the run continue ({@code onFail: WARN})
     * @throws Failure at the first that isn't met
     * @throws SQLException if the connection is lost or another session is in the way
     */
    public static List<String> check(Changelog changelog, SchemaNames schemas, Connection connection)
            throws Failure, SQLException {
        PreconditionContainer preconditions = changelog.parsed().getPreconditions();
        if (preconditions == null || preconditions.getNestedPreconditions().isEmpty()) {
            return List.of();
        }
        List<String> remarks = new ArrayList<>();
        try {
            LiquibaseScope.call(
                    changelog.files(),
                    () -> Scope.child(ExactSchemas.scopeFor(schemas), () -> {
                        LockkeeperPostgres database = LiveDatabase.of(changelog.settings(), schemas, connection);
                        preconditions.check(database, changelog.parsed(), null, new Remarks(remarks));
                        return true;
                    }));
        } catch (Exception e) {
            throw failure(e);
        } finally {
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
        return remarks;
    }

    private static Failure failure(Exception thrown) throws SQLException {
        Optional<SQLException> interrupted = Causes.sql(thrown).filter(sql -> SqlStates.interrupted(sql.getSQLState()));
        if (interrupted.isPresent()) {
            throw interrupted.get();
        }
        String said = thrown instanceof PreconditionFailedException failed
                ? UnmetPrecondition.failed(failed, "HALT")
                : thrown instanceof PreconditionErrorException error
                        ? UnmetPrecondition.errored(error, "HALT")
                        : "its precondition couldn't be checked: " + Causes.message(thrown);
        return new Failure(
                new Refused.StateRefused(
                        "The changelog as a whole can't run: " + said + ".",
                        "Make the precondition true in the database, or correct it in the changelog, and run again."),
                thrown);
    }

    private static final class Remarks extends AbstractChangeExecListener {
        private final List<String> remarks;

        Remarks(List<String> remarks) {
            this.remarks = remarks;
        }

        @Override
        public void preconditionFailed(PreconditionFailedException failed, PreconditionContainer.FailOption onFail) {
            remarks.add("The changelog runs although " + UnmetPrecondition.failed(failed, onFail) + ".");
        }

        @Override
        public void preconditionErrored(PreconditionErrorException error, PreconditionContainer.ErrorOption onError) {
            Causes.sql(error.getErrorPreconditions().get(0).getCause())
                    .filter(sql -> SqlStates.interrupted(sql.getSQLState()))
                    .ifPresent(sql -> {
                        throw new InTheWayException(sql);
                    });
            remarks.add("The changelog runs although " + UnmetPrecondition.errored(error, onError) + ".");
        }
    }
}
