package dev.lockkeeper.command;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.parse.ChangelogParser;
import dev.lockkeeper.model.Event;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.SchemaState;
import dev.lockkeeper.run.Inspection;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.session.Changelogs;
import dev.lockkeeper.run.session.Inspector;
import dev.lockkeeper.run.session.Refusal;
import dev.lockkeeper.run.session.Session;
import java.sql.SQLException;

/** Tells the schema's state and what is pending, and touches nothing. */
public final class Status implements Task {
    @Override
    public String name() {
        return "status";
    }

    @Override
    public Outcome perform(Run run) throws Failure, SQLException {
        Changelog offline = ChangelogParser.parse(run.settings().changelog());
        try (Session session = Session.reading(run)) {
            Inspection found = Inspector.inspect(session, Changelogs.forSession(run, offline, session));
            run.tally().before(found);
            run.tally().after(found);
            found.comparison().pending().forEach(one -> run.events().accept(new Event.ChangeSetPending(one)));
            Refusal.warn(run, found);
            if (run.settings().command().check()) {
                return checked(run, found);
            }
            return new Outcome.Done(
                    found.state() instanceof SchemaState.Inconsistent inconsistent
                            ? inconsistent.details()
                            : found.state().sentence());
        }
    }

    private static Outcome checked(Run run, Inspection found) throws Failure {
        Refusal.check(run, found);
        return found.comparison().pending().isEmpty()
                ? new Outcome.Done(found.state().sentence())
                : new Outcome.PendingFound(
                        new SchemaState.Pending(found.comparison().pending().size()).sentence());
    }
}
