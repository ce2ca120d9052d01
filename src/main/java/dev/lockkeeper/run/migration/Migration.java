package dev.lockkeeper.run.migration;

import dev.lockkeeper.changelog.apply.ChangelogPreconditions;
import dev.lockkeeper.changelog.failure.ChangeSetFailure;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Comparison;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.run.Inspection;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.session.CarriedPath;
import dev.lockkeeper.run.session.Examination;
import dev.lockkeeper.run.session.HistoryFit;
import dev.lockkeeper.run.session.Opened;
import dev.lockkeeper.run.session.Refusal;
import dev.lockkeeper.run.session.Requirement;
import dev.lockkeeper.run.session.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Applies what is pending, over one connection after another until one lasts. */
public final class Migration {
    private final Run run;
    private final MigrateSettings settings;
    private final Range range;
    private final LevelTag tag;
    private final Account account;
    private final CarriedPath carried = new CarriedPath();

    /** Null before the first connection that holds the migration lock; a later one continues to the same end. */
    private @Nullable FixedRange fixed;

    public Migration(Run run, MigrateSettings settings, Range range) {
        this.run = run;
        this.settings = settings;
        this.range = range;
        this.tag = new LevelTag(run, settings.tag());
        this.account = new Account(run.tally());
    }

    /**
     * Applies as much as it can over this connection.
     *
     * @param opened compared, not locked yet; its changelog hasn't run yet
     * @throws ChangeSetFailure if a change set fails; those before it stay
     * @throws SQLException if the database fails outside the change sets; if the connection is lost, another one may go on
     */
    public Outcome perform(Opened opened) throws Failure, ChangeSetFailure, SQLException {
        if (fixed == null) {
            UnreadCheck.check(run, opened);
        }
        Refusal.check(run, opened.found());
        if (nothingCanRun(opened)) {
            run.tally().after(opened.found());
            Refusal.warn(run, opened.found());
            return nothingToDo(opened.found());
        }
        boolean pendingBefore = !opened.found().comparison().pending().isEmpty();
        opened.lock();
        Comparison comparison = opened.found().comparison();
        Refusal.check(run, opened.found());
        Refusal.warn(run, opened.found());
        Requirement.requireAll(Requirement.OF_MIGRATE, run, opened.session());
        if (fixed == null) {
            fixed = range.fixedBy(comparison);
        }
        List<ChangeSetInfo> chosen = fixed.chosen(comparison.pending());
        Examination.beforeRunning(
                run, opened.changelog(), chosen, opened.found().state());
        HistoryFit.requireFor(opened, fixed.due(comparison), settings.tag());
        run.tally().expect(chosen.size());
        Session session = opened.session();
        ChangelogPreconditions.check(opened.changelog(), session.schemas(), session.connection())
                .forEach(run::warn);
        carried.restore(opened.session().connection(), comparison);
        try {
            new Attempts(run, opened.session(), carried).perform(opened.changelog(), fixed.within());
        } catch (ChangeSetFailure | Failure e) {
            lookAfterwards(opened);
            throw e;
        } catch (SQLException e) {
            if (!SqlStates.connectionLost(e.getSQLState())) {
                lookAfterwards(opened);
            }
            throw e;
        }
        Optional<String> tagged = tag.set(opened);
        Refusal.check(run, opened.inspectAfter());
        boolean byAnother = pendingBefore
                && comparison.pending().isEmpty()
                && run.tally().applied().isEmpty();
        return byAnother && tagged.isEmpty()
                ? new Outcome.Done("Nothing to do: another runner applied what was pending.")
                : account.of(chosen, settings.failOnSkip(), tagged);
    }

    /** If everything is recorded, nothing can run, so no other runner needs to be kept away. */
    private boolean nothingCanRun(Opened opened) {
        Inspection found = opened.found();
        return found.comparison().pending().isEmpty()
                && found.rows().isPresent()
                && !opened.changelog().hasAlwaysRun()
                && !tag.isMissing(found);
    }

    /** After a reconnect, nothing may be pending because the last commit did reach the server. */
    private Outcome nothingToDo(Inspection found) {
        if (run.tally().applied().isEmpty()) {
            tag.warnNotSet("nothing was pending");
            return new Outcome.Done("Nothing to do. " + found.state().sentence());
        }
        return account.of(List.of(), settings.failOnSkip(), Optional.empty());
    }

    /** The report of a failure names the state it leaves, if that can still be read. */
    private void lookAfterwards(Opened opened) {
        try {
            if (!run.stop().requested() && !opened.session().connection().isClosed()) {
                restore(opened.session());
                opened.inspectAfter();
            }
        } catch (SQLException | Failure e) {
            quietly("The state afterwards can't be read: " + e.getMessage());
        }
    }

    /** The role may be what was lost; the state may be readable without it. */
    private void restore(Session session) {
        try {
            session.restore();
        } catch (SQLException e) {
            quietly("The session can't be made ours again: " + e.getMessage());
        }
    }

    private void quietly(String sentence) {
        run.events().accept(new Event.Message(Event.Level.DEBUG, sentence));
    }
}
