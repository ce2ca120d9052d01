package dev.lockkeeper.run.migration;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.apply.Updater;
import dev.lockkeeper.changelog.failure.ChangeSetFailure;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.postgres.Connector;
import dev.lockkeeper.postgres.execution.NoticePoller;
import dev.lockkeeper.postgres.execution.WatchedConnection;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.resume.ResumableStatements;
import dev.lockkeeper.run.session.CarriedPath;
import dev.lockkeeper.run.session.Changelogs;
import dev.lockkeeper.run.session.GuardedSession;
import dev.lockkeeper.run.session.Session;
import dev.lockkeeper.run.watch.Watch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Runs change sets over one connection, and again over the same one if another session was in the way. */
final class Attempts {
    private final Run run;
    private final Session session;
    private final CarriedPath carried;
    private final Notices notices;

    Attempts(Run run, Session session, CarriedPath carried) {
        this.run = run;
        this.session = session;
        this.carried = carried;
        this.notices = new Notices(run);
    }

    /**
     * Runs the change sets within the range, in as many attempts as that takes.
     *
     * @param first the changelog for the first attempt; Liquibase keeps state in it, so every further attempt needs a
     *     fresh one
     */
    void perform(Changelog first, Set<ChangeSetId> within) throws Failure, ChangeSetFailure, SQLException {
        Connector.removeAnswerTimeout(session.connection());
        Changelog changelog = first;
        try (NoticePoller poller = new NoticePoller(notices, run.stop()::died);
                Watch watch = new Watch(run, session)) {
            Connection watched = WatchedConnection.of(
                    session.connection(), List.of(poller, new WriteWatch(session.connection(), run.tally())));
            LockRetries retries = new LockRetries(run, watch);
            while (!succeeds(changelog, within, watched, retries)) {
                run.tally().again();
                changelog = changelog.continuedBy(Changelogs.fresh(run, session));
            }
        } finally {
            restoreAnswerTimeout();
        }
    }

    private void restoreAnswerTimeout() {
        try {
            Connector.restoreAnswerTimeout(session.connection());
        } catch (SQLException e) {
            // The connection is gone: it gives no answers, and what was thrown before is what counts.
            return;
        }
    }

    /** False if there should be another attempt; the pause before it is over by then. */
    private boolean succeeds(Changelog changelog, Set<ChangeSetId> within, Connection watched, LockRetries retries)
            throws Failure, ChangeSetFailure, SQLException {
        try {
            new Updater(
                            changelog,
                            session.schemas(),
                            List.of(notices, run.underway(), run.tally()),
                            run.stop()::check,
                            new GuardedSession(run, session, watched, carried),
                            new ResumableStatements(run, watched))
                    .update(watched, within);
            return true;
        } catch (ChangeSetFailure e) {
            retries.await(e);
            return false;
        }
    }
}
