package dev.lockkeeper.run.migration;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.apply.ChangeSetFailure;
import dev.lockkeeper.changelog.parse.Findings;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Event;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.postgres.Connector;
import dev.lockkeeper.run.Inspection;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.session.Changelogs;
import dev.lockkeeper.run.session.Inspector;
import dev.lockkeeper.run.session.Refusal;
import dev.lockkeeper.run.session.Requirement;
import dev.lockkeeper.run.session.RunnerLock;
import dev.lockkeeper.run.session.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Applies what is pending, over one connection. */
public final class Migration {
    private final Run run;
    private final Session session;
    private final MigrateSettings settings;
    private final Range range;
    private final LevelTag tag;
    private final Account account;

    public Migration(Run run, Session session, MigrateSettings settings, Range range) {
        this.run = run;
        this.session = session;
        this.settings = settings;
        this.range = range;
        this.tag = new LevelTag(run, settings.tag());
        this.account = new Account(run.tally());
    }

    public Outcome perform(Changelog offline) throws Failure, ChangeSetFailure, SQLException {
        Changelog changelog = Changelogs.forSession(run, offline, session);
        Inspection found = Inspector.inspect(session, changelog);
        run.tally().before(found);
        Refusal.check(run, found);
        if (nothingCanRun(changelog, found)) {
            run.tally().after(found);
            Refusal.warn(run, found);
            return nothingToDo(found);
        }
        new RunnerLock(run, session).acquire();
        Inspection before = Inspector.inspect(session, changelog);
        run.tally().before(before);
        Refusal.check(run, before);
        Refusal.warn(run, before);
        Requirement.requireAll(Requirement.OF_MIGRATE, run, session);
        List<ChangeSetInfo> chosen = range.choose(before.comparison().pending());
        warnAboutAtomicity(changelog, chosen);
        run.tally().expect(chosen.size());
        try {
            new Attempts(run, session).perform(changelog, range.within());
        } catch (ChangeSetFailure | Failure e) {
            lookAfterwards(changelog);
            throw e;
        }
        tag.set(session, changelog);
        Inspection after = Inspector.inspect(session, changelog);
        run.tally().after(after);
        Refusal.check(run, after);
        return account.of(chosen, settings.failOnSkip());
    }

    /** If everything is recorded nothing can run, so no other runner needs to be kept away. */
    private boolean nothingCanRun(Changelog changelog, Inspection found) {
        return found.comparison().pending().isEmpty()
                && found.rows().isPresent()
                && !changelog.hasAlwaysRun()
                && !tag.isMissing(found);
    }

    /** After a reconnect nothing may be pending because the last commit did reach the server. */
    private Outcome nothingToDo(Inspection found) {
        if (run.tally().applied().isEmpty()) {
            tag.warnNotSet("nothing was pending");
            return new Outcome.Done("Nothing to do. " + found.state().sentence());
        }
        return account.of(List.of(), settings.failOnSkip());
    }

    /** The report of a failure names the state it leaves, if that can still be read. */
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

    private void warnAboutAtomicity(Changelog changelog, List<ChangeSetInfo> chosen) throws Failure {
        Set<String> ids = chosen.stream().map(info -> info.id().toString()).collect(Collectors.toSet());
        Findings.in(changelog, ids).stream()
                .filter(finding -> finding.level() == Event.Level.WARN)
                .forEach(run.events());
    }
}
