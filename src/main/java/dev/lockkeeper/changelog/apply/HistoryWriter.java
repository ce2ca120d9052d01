package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.changelog.Causes;
import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.LiquibaseScope;
import dev.lockkeeper.changelog.ParseProblem;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.SchemaNames;
import dev.lockkeeper.model.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.command.CommandScope;

/** Writes to the history without running anything: adopts a schema, sets a tag. The caller holds the lock. */
public final class HistoryWriter {
    private final Changelog changelog;
    private final SchemaNames schemas;
    private final Connection connection;
    private final Runnable beforeCommit;

    /**
     * A writer over a connection.
     *
     * @param beforeCommit called before the commit, which it prevents by a RuntimeException
     */
    public HistoryWriter(Changelog changelog, SchemaNames schemas, Connection connection, Runnable beforeCommit) {
        this.changelog = changelog;
        this.schemas = schemas;
        this.connection = connection;
        this.beforeCommit = beforeCommit;
    }

    /**
     * Records the chosen change sets as run, without running them, and creates the history table if it is missing.
     *
     * @param chosen the change sets to record; none gives an empty history
     */
    public void markRan(Set<ChangeSetId> chosen) throws Failure, SQLException {
        write("recording change sets", database -> {
            if (chosen.isEmpty()) {
                Scope.getCurrentScope()
                        .getSingleton(ChangeLogHistoryServiceFactory.class)
                        .getChangeLogService(database)
                        .init();
                return;
            }
            changelog.reducedTo(
                    chosen,
                    () -> new CommandScope("changelogSync")
                            .addArgumentValue("database", database)
                            .addArgumentValue("databaseChangelog", changelog.parsed())
                            .addArgumentValue("contexts", changelog.settings().contexts())
                            .addArgumentValue(
                                    "labelFilter", changelog.settings().labels())
                            .execute());
        });
    }

    /** Marks the history's last row with a tag, or a new row if the history is empty. */
    public void tag(String name) throws Failure, SQLException {
        write(
                "setting the tag",
                database -> new CommandScope("tag")
                        .addArgumentValue("database", database)
                        .addArgumentValue("tag", name)
                        .execute());
    }

    private void rollBack() {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            // The connection is gone, and the transaction with it.
            return;
        }
    }

    /** Something written through Liquibase's view of the connection. */
    private interface Write {
        void to(LockkeeperPostgres database) throws Exception;
    }

    private void write(String what, Write write) throws Failure, SQLException {
        try {
            LiquibaseScope.call(
                    changelog.files(),
                    () -> Scope.child(ExactSchemas.scopeFor(schemas), () -> {
                        LockkeeperPostgres database = LiveDatabase.of(changelog.settings(), schemas, connection);
                        // All or nothing: with half a history, migrate would run what has already run.
                        database.holdAll();
                        write.to(database);
                        beforeCommit.run();
                        database.commitAll();
                        return true;
                    }));
            connection.setAutoCommit(true);
        } catch (Exception e) {
            rollBack();
            Optional<SQLException> interrupted = Causes.sql(e).filter(sql -> SqlStates.interrupted(sql.getSQLState()));
            if (interrupted.isPresent()) {
                throw interrupted.get();
            }
            String said = Causes.sql(e).map(SQLException::getMessage).orElseGet(() -> ParseProblem.sentence(e));
            throw new Failure(
                    new Refused.DatabaseUnusable(
                            "The history couldn't be written (" + what + "): " + said, "Fix this and run again."),
                    e);
        }
    }
}
