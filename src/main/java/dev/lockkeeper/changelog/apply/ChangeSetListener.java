package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.changelog.Causes;
import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.failure.InTheWayException;
import dev.lockkeeper.changelog.failure.SessionSpoiltException;
import dev.lockkeeper.changelog.failure.UnmetPrecondition;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.SqlStates;
import java.sql.SQLException;
import java.util.Optional;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.database.Database;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import liquibase.precondition.core.PreconditionContainer;
import org.jspecify.annotations.Nullable;

/**
 * Opens and closes a {@link ChangeSetRun} for each change set. Liquibase raises no event for a change set that it
 * skips, and none for a commit that fails: so the last one that began stays open until its end is known.
 */
final class ChangeSetListener extends AbstractChangeExecListener {
    private final Changelog changelog;
    private final LockkeeperPostgres database;
    private final Observers observers;
    private final SessionGuard guard;
    private final OutsideTransaction outside;
    private @Nullable ChangeSetRun open;

    ChangeSetListener(
            Changelog changelog,
            LockkeeperPostgres database,
            Observers observers,
            SessionGuard guard,
            OutsideTransaction outside) {
        this.changelog = changelog;
        this.database = database;
        this.observers = observers;
        this.guard = guard;
        this.outside = outside;
    }

    /** The change set under way. */
    Optional<ChangeSetRun> open() {
        return Optional.ofNullable(open);
    }

    @Override
    public void willRun(ChangeSet changeSet, DatabaseChangeLog log, Database ignored, ChangeSet.RunStatus runStatus) {
        closePassedOver();
        observers.checkStop();
        ChangeSetInfo info = changelog.info(changeSet);
        ChangeSetRun run = new ChangeSetRun(changeSet, info);
        open = run;
        observers.started(run);
        database.begin(new OpenChangeSet(run, new ChangeExecution(database, info, guard, outside), observers));
    }

    @Override
    public void preconditionFailed(PreconditionFailedException failed, PreconditionContainer.FailOption onFail) {
        if (open != null) {
            unmet(open, UnmetPrecondition.failed(failed, onFail), onFail.name());
        }
    }

    @Override
    public void preconditionErrored(PreconditionErrorException error, PreconditionContainer.ErrorOption onError) {
        Throwable cause = error.getErrorPreconditions().get(0).getCause();
        Causes.sql(cause)
                .filter(sql -> SqlStates.stopped(sql.getSQLState()) || guard.gone(sql))
                .ifPresent(sql -> {
                    throw new InTheWayException(sql);
                });
        if (open != null) {
            unmet(open, UnmetPrecondition.errored(error, onError), onError.name());
        }
    }

    private static void unmet(ChangeSetRun run, String sentence, String option) {
        switch (option) {
            case "CONTINUE" -> run.willSkip(sentence);
            case "MARK_RAN", "WARN" -> run.remark(sentence);
            default -> {
                // HALT: an exception follows.
            }
        }
    }

    @Override
    public void ran(ChangeSet changeSet, DatabaseChangeLog log, Database ignored, ChangeSet.ExecType execType) {
        ChangeSetRun run = open;
        if (run == null) {
            return;
        }
        if (execType == ChangeSet.ExecType.FAILED) {
            failedButPassedOver(changeSet, run);
        }
        open = null;
        observers.ended(run, execType == ChangeSet.ExecType.FAILED ? run.skipped() : run.recorded(execType));
        if (run.info().traits().altersSession()) {
            restore();
        }
    }

    /** {@code failOnError: false} isn't meant for a failure that another session or our own stop caused. */
    private void failedButPassedOver(ChangeSet changeSet, ChangeSetRun run) {
        observers.checkStop();
        run.failure()
                .filter(sql -> run.info().atomic() && SqlStates.inTheWay(sql.getSQLState()))
                .ifPresent(sql -> {
                    throw new InTheWayException(sql);
                });
        run.willSkip("it failed (failOnError: false): " + firstLine(changeSet.getErrorMsg()));
    }

    private void restore() {
        try {
            guard.restore();
        } catch (SQLException e) {
            throw new SessionSpoiltException(e);
        }
    }

    /**
     * Called before the next change set and at the end: a change set that began and neither ran nor failed was skipped.
     */
    void closePassedOver() {
        database.end();
        ChangeSetRun run = open;
        if (run != null) {
            open = null;
            observers.ended(run, run.skipped());
        }
    }

    /** The update ends here because of this. */
    void rolledBack(Throwable cause) {
        if (open != null) {
            observers.ended(open, new End.RolledBack(cause));
        }
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "no message" : message.lines().findFirst().orElse("");
    }
}
