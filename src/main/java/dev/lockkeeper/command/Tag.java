package dev.lockkeeper.command;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.apply.HistoryWriter;
import dev.lockkeeper.changelog.parse.ChangelogParser;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.run.Inspection;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.session.Changelogs;
import dev.lockkeeper.run.session.Inspector;
import dev.lockkeeper.run.session.Refusal;
import dev.lockkeeper.run.session.RunnerLock;
import dev.lockkeeper.run.session.Session;
import java.sql.SQLException;
import java.util.List;

/** Marks the present level with a name. */
public final class Tag implements Task {
    @Override
    public String name() {
        return "tag";
    }

    @Override
    public Outcome perform(Run run) throws Failure, SQLException {
        String name = run.settings()
                .command()
                .tag()
                .orElseThrow(() -> new Failure(
                        new Outcome.BadInput(List.of("tag needs a name"), "Write tag NAME, or set LOCKKEEPER_TAG.")));
        Changelog offline = ChangelogParser.parse(run.settings().changelog());
        try (Session session = Session.writing(run)) {
            Changelog changelog = Changelogs.forSession(run, offline, session);
            new RunnerLock(run, session).acquire();
            Inspection found = Inspector.inspect(session, changelog);
            run.tally().before(found);
            Refusal.check(run, found);
            if (found.rows().filter(rows -> !rows.isEmpty()).isEmpty()) {
                throw new Failure(new Outcome.StateRefused(
                        "The history is empty: there is no level to mark.", "Run migrate, or baseline, first."));
            }
            Refusal.warn(run, found);
            found.lastTag()
                    .filter(old -> !old.equals(name))
                    .ifPresent(old ->
                            run.warn("This level was tagged " + old + "; a level has one tag, so that is gone."));
            new HistoryWriter(changelog, session.schemas(), session.connection(), run.stop()::check).tag(name);
            run.tally().wrote();
            run.tally().after(Inspector.inspect(session, changelog));
            return new Outcome.Done("The present level is tagged " + name + ".");
        }
    }
}
