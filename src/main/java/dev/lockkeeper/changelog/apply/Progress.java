package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.changelog.Causes;
import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.SqlStates;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import liquibase.Scope;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.database.Database;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.precondition.core.PreconditionContainer;
import org.jspecify.annotations.Nullable;

/**
 * Follows Liquibase through the change sets. Liquibase has no event for a change set that it passes over, and none for
 * a commit that fails: so the one begun last is remembered until its end is known.
 */
final class Progress extends AbstractChangeExecListener {
    private final Changelog changelog;
    private final HeldCommitPostgres database;
    private final ChangeSetListener listener;
    private final ServerWork server;
    private @Nullable ChangeSetInfo current;
    private String skipReason = "";
    private long begun;
    private long rowsBefore;

    Progress(Changelog changelog, HeldCommitPostgres database, ChangeSetListener listener, ServerWork server) {
        this.changelog = changelog;
        this.database = database;
        this.listener = listener;
        this.server = server;
    }

    /** The change set under way. */
    Optional<ChangeSetInfo> current() {
        return Optional.ofNullable(current);
    }

    @Override
    public void willRun(ChangeSet changeSet, DatabaseChangeLog log, Database ignored, ChangeSet.RunStatus runStatus) {
        end();
        ChangeSetInfo info = changelog.info(changeSet);
        listener.started(info);
        current = info;
        skipReason = "none of its changes is for this database";
        begun = System.nanoTime();
        rowsBefore = rows();
        if (changeSet.getRunWith() != null && !changeSet.getRunWith().equals("jdbc")) {
            throw new UnexpectedLiquibaseException("it asks for runWith: " + changeSet.getRunWith()
                    + ", a program that isn't here: write it as plain SQL");
        }
        database.begin(changeSet, new ChangeExecution(database, info, server), listener);
    }

    @Override
    public void preconditionFailed(PreconditionFailedException failed, PreconditionContainer.FailOption onFail) {
        if (onFail == PreconditionContainer.FailOption.CONTINUE && current != null) {
            skipReason = "its precondition failed (onFail: CONTINUE): "
                    + failed.getFailedPreconditions().get(0).getMessage();
        }
    }

    @Override
    public void preconditionErrored(PreconditionErrorException error, PreconditionContainer.ErrorOption onError) {
        Throwable cause = error.getErrorPreconditions().get(0).getCause();
        Causes.sql(cause)
                .filter(sql -> SqlStates.interrupted(sql.getSQLState()))
                .ifPresent(sql -> {
                    throw new InTheWayException(sql);
                });
        if (onError == PreconditionContainer.ErrorOption.CONTINUE && current != null) {
            skipReason = "its precondition couldn't be checked (onError: CONTINUE): " + Causes.message(cause);
        }
    }

    @Override
    public void ran(ChangeSet changeSet, DatabaseChangeLog log, Database ignored, ChangeSet.ExecType execType) {
        ChangeSetInfo info = current;
        if (info == null) {
            return;
        }
        if (execType == ChangeSet.ExecType.FAILED) {
            listener.mayGoOn();
            database.failure()
                    .filter(sql -> info.atomic() && SqlStates.inTheWay(sql.getSQLState()))
                    .ifPresent(sql -> {
                        throw new InTheWayException(sql);
                    });
            current = null;
            listener.skipped(info, "it failed (failOnError: false): " + firstLine(changeSet.getErrorMsg()));
        } else {
            current = null;
            listener.applied(info, execType.name(), Duration.ofNanos(System.nanoTime() - begun), rows() - rowsBefore);
        }
        if (info.traits().altersSession()) {
            restore();
        }
    }

    private void restore() {
        try {
            server.restore();
        } catch (SQLException e) {
            throw new SessionSpoiltException(e);
        }
    }

    /** No further change set comes: one that began and neither ran nor failed was passed over. */
    void end() {
        database.end();
        if (current != null) {
            listener.skipped(current, skipReason);
            current = null;
        }
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "no message" : message.lines().findFirst().orElse("");
    }

    private static long rows() {
        AtomicInteger counter = Scope.getCurrentScope().get("rowsAffected", AtomicInteger.class);
        return counter == null ? 0 : counter.get();
    }
}
