package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.changelog.Causes;
import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.LiquibaseScope;
import dev.lockkeeper.changelog.ParseProblem;
import dev.lockkeeper.changelog.failure.ChangeSetFailure;
import dev.lockkeeper.changelog.failure.FailureFacts;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.SchemaNames;
import dev.lockkeeper.model.StopRequested;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.changelog.visitor.DefaultChangeExecListener;
import liquibase.command.CommandScope;
import liquibase.exception.ValidationFailedException;

/** Applies what is pending, each transactional change set and its history row in one commit. */
public final class Updater {
    private final Changelog changelog;
    private final SchemaNames schemas;
    private final Observers observers;
    private final SessionGuard guard;
    private final OutsideTransaction outside;

    /**
     * An updater for one attempt.
     *
     * @param stopCheck throws a RuntimeException, {@link StopRequested}, if the run was asked to stop
     */
    public Updater(
            Changelog changelog,
            SchemaNames schemas,
            List<ChangeSetObserver> observers,
            Runnable stopCheck,
            SessionGuard guard,
            OutsideTransaction outside) {
        this.changelog = changelog;
        this.schemas = schemas;
        this.observers = new Observers(observers, stopCheck);
        this.guard = guard;
        this.outside = outside;
    }

    /**
     * Runs the pending change sets in order. The caller holds the migration lock on this very connection.
     *
     * @param within the only change sets that may run, even if others are pending
     * @throws ChangeSetFailure if a change set fails; those before it stay
     * @throws Failure if Liquibase finds the changelog invalid before it runs anything
     * @throws SQLException if the database fails outside every change set: before the first, between two or after the last
     */
    public void update(Connection connection, Set<ChangeSetId> within) throws ChangeSetFailure, Failure, SQLException {
        LockkeeperPostgres database = live(connection);
        ChangeSetListener listener = new ChangeSetListener(changelog, database, observers, guard, outside);
        try {
            LiquibaseScope.call(
                    changelog.files(),
                    () -> Scope.child(ExactSchemas.scopeFor(schemas), () -> run(database, listener, within)));
        } catch (Error e) {
            listener.rolledBack(e);
            throw e;
        } catch (Exception e) {
            listener.rolledBack(e);
            Causes.rethrowFatal(e);
            Optional<StopRequested> stop = Causes.first(StopRequested.class, e);
            if (stop.isPresent()) {
                throw stop.get();
            }
            if (listener.open().isPresent()) {
                ChangeSetFailure failure = failure(listener.open().get(), e);
                throw Causes.sql(e).filter(guard::gone).isPresent() ? failure.asSessionGone() : failure;
            }
            throw outsideChangeSets(e);
        } finally {
            backToAutocommit(connection);
        }
    }

    private Boolean run(LockkeeperPostgres database, ChangeSetListener listener, Set<ChangeSetId> within)
            throws Exception {
        changelog.reducedTo(within, () -> {
            // They were checked before; here Liquibase would check them again, after it has created the history.
            changelog.parsed().setPreconditions(null);
            scope().addArgumentValue("database", database)
                    .addArgumentValue("changeExecListener", new DefaultChangeExecListener(listener))
                    .execute();
        });
        listener.closePassedOver();
        // Checksums that Liquibase upgraded after the last change set.
        database.commit();
        return true;
    }

    /** Liquibase asks the connection for its metadata, and throws exceptions of its own if it is closed. */
    private LockkeeperPostgres live(Connection connection) throws SQLException {
        try {
            return LiveDatabase.of(changelog.settings(), schemas, connection);
        } catch (RuntimeException e) {
            throw Causes.sql(e).orElseThrow(() -> e);
        }
    }

    private CommandScope scope() throws Exception {
        return new CommandScope("update")
                .addArgumentValue("databaseChangelog", changelog.parsed())
                .addArgumentValue("contexts", changelog.settings().contexts())
                .addArgumentValue("labelFilter", changelog.settings().labels())
                .addArgumentValue("showSummary", UpdateSummaryEnum.OFF)
                .addArgumentValue("showSummaryOutput", UpdateSummaryOutputEnum.LOG);
    }

    private ChangeSetFailure failure(ChangeSetRun run, Exception thrown) {
        return new FailureFacts(changelog.files(), run.info(), run.changeSet()).of(thrown);
    }

    /** A failure outside every change set: the database's own, or Liquibase found the changelog invalid before the first one. */
    private static Failure outsideChangeSets(Exception thrown) throws SQLException {
        Optional<SQLException> sql = Causes.sql(thrown);
        if (sql.isPresent()) {
            throw sql.get();
        }
        if (Causes.first(ValidationFailedException.class, thrown).isPresent()) {
            return new Failure(
                    new Refused.BadInput(List.of(ParseProblem.sentence(thrown)), "Fix the changelog and run again."),
                    thrown);
        }
        return new Failure(new Outcome.Defect(ParseProblem.sentence(thrown)), thrown);
    }

    private static void backToAutocommit(Connection connection) throws SQLException {
        if (!connection.isClosed() && !connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
