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
import org.jspecify.annotations.Nullable;

/** Applies what is pending, over one connection after the other until one lasts. */
public final class Migration {
    private final Run run;
    private final MigrateSettings settings;
    private final Range range;
    private final LevelTag tag;
    private final Account account;

    /** Null before the first connection that holds the migration lock; a later one goes on to the same end. */
    private @Nullable FixedRange fixed;

    public Migration(Run run, MigrateSettings settings, Range range) {
        this.run = run;
        this.settings = settings;
        this.range = range;
        this.tag = new LevelTag(run, settings.tag());
        this.account = new Account(run.tally());
    }

    /**
     * Goes as far as this connection does.
     *
     * @param offline parsed without a connection, and not run yet
     * @throws ChangeSetFailure if a change set fails; those before it stay
     * @throws SQLException if the connection is lost; another one may go on
     */
    public Outcome perform(Session session, Changelog offline) throws Failure, ChangeSetFailure, SQLException {
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
        if (fixed == null) {
            fixed = range.fixedBy(before.comparison());
        }
        List<ChangeSetInfo> chosen = fixed.chosen(before.comparison().pending());
        warnAboutAtomicity(changelog, chosen);
        run.tally().expect(chosen.size());
        try {
            new Attempts(run, session).perform(changelog, fixed.within());
        } catch (ChangeSetFailure | Failure e) {
            lookAfterwards(session, changelog);
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
    private void lookAfterwards(Session session, Changelog changelog) {
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
