package dev.lockkeeper.run.migration;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.apply.ChangeSetFailure;
import dev.lockkeeper.changelog.apply.HistoryWriter;
import dev.lockkeeper.changelog.apply.Updater;
import dev.lockkeeper.changelog.parse.ChangelogParser;
import dev.lockkeeper.changelog.parse.Findings;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Counted;
import dev.lockkeeper.model.Event;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.postgres.Blockers;
import dev.lockkeeper.postgres.Connector;
import dev.lockkeeper.postgres.NoticeConnection;
import dev.lockkeeper.postgres.NoticePoller;
import dev.lockkeeper.run.Inspection;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.session.Changelogs;
import dev.lockkeeper.run.session.Inspector;
import dev.lockkeeper.run.session.Refusal;
import dev.lockkeeper.run.session.RunnerLock;
import dev.lockkeeper.run.session.Session;
import dev.lockkeeper.run.session.SessionWork;
import dev.lockkeeper.run.watch.Watch;
import dev.lockkeeper.settings.CommandSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Applies what is pending, over one connection. */
public final class Migration {
    private final Run run;
    private final Session session;
    private final Range range;

    public Migration(Run run, Session session, Range range) {
        this.run = run;
        this.session = session;
        this.range = range;
    }

    public Outcome perform(Changelog offline) throws Failure, ChangeSetFailure, SQLException {
        Changelog changelog = Changelogs.forSession(run, offline, session);
        Inspection found = Inspector.inspect(session, changelog);
        run.tally().before(found);
        Refusal.check(run, found);
        // Where everything is recorded nothing can run, so nobody needs to be kept away.
        if (found.comparison().pending().isEmpty()
                && found.rows().isPresent()
                && !changelog.hasAlwaysRun()
                && !lacksTag(found)) {
            run.tally().after(found);
            Refusal.warn(run, found);
            return finished(found);
        }
        new RunnerLock(run, session).acquire();
        Inspection before = Inspector.inspect(session, changelog);
        run.tally().before(before);
        Refusal.check(run, before);
        Refusal.warn(run, before);
        requirePrivilege(session);
        requireRolesToTerminate();
        List<ChangeSetInfo> chosen = range.choose(before.comparison().pending());
        warnAboutAtomicity(run, changelog, chosen);
        run.tally().expect(chosen.size());
        try {
            Connector.answerWhenever(session.connection());
            update(changelog);
            Connector.answerSoon(session.connection());
        } catch (ChangeSetFailure | Failure e) {
            lookAfterwards(changelog);
            throw e;
        }
        tag(changelog);
        Inspection after = Inspector.inspect(session, changelog);
        run.tally().after(after);
        Refusal.check(run, after);
        return ending(run, chosen);
    }

    /** The report of a failure names the state it leaves, where that can still be read. */
    private void lookAfterwards(Changelog changelog) {
        try {
            if (!run.stop().requested() && !session.connection().isClosed()) {
                Connector.answerSoon(session.connection());
                run.tally().after(Inspector.inspect(session, changelog));
            }
        } catch (SQLException | Failure e) {
            run.events()
                    .accept(new Event.Message(
                            Event.Level.DEBUG, "The state afterwards can't be read: " + e.getMessage()));
        }
    }

    /** Nothing is pending; after a reconnect that may be because the last commit did land. */
    private Outcome finished(Inspection found) throws Failure, SQLException {
        if (run.tally().applied().isEmpty()) {
            untagged(run, "nothing was pending");
            return new Outcome.Done("Nothing to do. " + found.state().sentence());
        }
        return ending(run, List.of());
    }

    /** Runs the change sets, the same one again where somebody was in its way. */
    private void update(Changelog parsed) throws Failure, ChangeSetFailure, SQLException {
        Changelog changelog = parsed;
        try (NoticePoller notices = new NoticePoller(this::notice);
                Watch watch = new Watch(run, session)) {
            Connection watched = NoticeConnection.of(session.connection(), notices);
            LockRetries retries = new LockRetries(run, watch);
            while (true) {
                try {
                    new Updater(
                                    changelog,
                                    session.schemas(),
                                    List.of(run.underway(), run.tally()),
                                    run.stop()::check,
                                    new SessionWork(run, session, watched))
                            .update(watched, range.within());
                    return;
                } catch (ChangeSetFailure e) {
                    retries.await(e);
                }
                run.tally().again();
                // Liquibase keeps what happened in the parsed change sets.
                changelog = Changelogs.forSession(
                        run, ChangelogParser.parse(run.settings().changelog()), session);
            }
        }
    }

    /** A notice of the server, with the change set that raised it; called by the poller's thread as well. */
    private void notice(String severity, String message) {
        run.events().accept(new Event.Notice(severity, message, run.underway().id()));
    }

    private void requireRolesToTerminate() throws Failure, SQLException {
        if (run.settings().limits().terminateIdleBlockers().isEmpty()) {
            return;
        }
        List<String> missing = Blockers.rolesMissingToTerminate(session.connection());
        if (!missing.isEmpty()) {
            String roles = String.join(", ", missing);
            throw new Failure(new Outcome.DatabaseUnusable(
                    "User \"" + session.facts().sessionUser() + "\" may not end other roles' sessions, which"
                            + " LOCKKEEPER_TERMINATE_BLOCKERS_IDLE_IN_TRANSACTION asks for: it lacks " + roles + ".",
                    "GRANT " + roles + " TO \"" + session.facts().sessionUser() + "\", or remove the setting."));
        }
    }

    private static void requirePrivilege(Session session) throws Failure, SQLException {
        if (!session.history().mayRecord(session.connection())) {
            String place = session.history().schema() + "." + session.history().table();
            throw new Failure(new Outcome.DatabaseUnusable(
                    "User \"" + session.facts().user() + "\" may not write the history " + place + ".",
                    "Grant it CREATE on schema " + session.history().schema()
                            + " (or INSERT and UPDATE on the history table), or name the owning role by"
                            + " LOCKKEEPER_ROLE."));
        }
    }

    private static void warnAboutAtomicity(Run run, Changelog changelog, List<ChangeSetInfo> chosen) throws Failure {
        Set<String> ids = chosen.stream().map(info -> info.id().toString()).collect(Collectors.toSet());
        Findings.in(changelog, ids).stream()
                .filter(finding -> finding.level() == Event.Level.WARN)
                .forEach(run.events());
    }

    /** A run that was killed between its last change set and its tag is made good by the next one. */
    private boolean lacksTag(Inspection found) {
        return run.settings().command().tag().isPresent()
                && found.rows().filter(rows -> !rows.isEmpty()).isPresent()
                && found.lastTag().isEmpty();
    }

    private void tag(Changelog changelog) throws Failure, SQLException {
        Optional<String> tag = run.settings().command().tag();
        if (tag.isPresent() && (!run.tally().applied().isEmpty() || lacksTag(Inspector.inspect(session, changelog)))) {
            new HistoryWriter(changelog, session.schemas(), session.connection(), run.stop()::check).tag(tag.get());
            run.tally().wrote();
        } else {
            untagged(run, "nothing was applied");
        }
    }

    private static void untagged(Run run, String why) {
        CommandSettings command = run.settings().command();
        command.tag()
                .ifPresent(
                        tag -> run.warn(
                                "Tag " + tag + " wasn't set: " + why
                                        + ", and a second tag would overwrite the one this level has. Use the command tag to do that."));
    }

    /** Exit 0 means that every change set in range is recorded or was skipped by its own setting: look, don't trust. */
    private static Outcome ending(Run run, List<ChangeSetInfo> chosen) {
        List<ChangeSetId> skipped = run.tally().skipped();
        Set<ChangeSetId> open = new HashSet<>(run.tally().pending());
        List<ChangeSetId> lost = chosen.stream()
                .map(ChangeSetInfo::id)
                .filter(id -> open.contains(id) && !skipped.contains(id))
                .toList();
        if (!lost.isEmpty()) {
            return new Outcome.Defect("these change sets ran but aren't in the history: " + lost);
        }
        if (run.settings().command().failOnSkip() && !skipped.isEmpty()) {
            return new Outcome.Skipped(skipped);
        }
        long marked = run.tally().applied().stream()
                .filter(one -> one.execType().equals("MARK_RAN"))
                .count();
        long applied = run.tally().applied().size() - marked;
        String also = (marked == 0 ? "" : ", " + marked + " marked as ran")
                + (skipped.isEmpty() ? "" : ", " + skipped.size() + " skipped by its own setting");
        return new Outcome.Done(Counted.of(applied, "change set") + " applied" + also + ".");
    }
}
