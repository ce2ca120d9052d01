package dev.lockkeeper.command;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.apply.HistoryWriter;
import dev.lockkeeper.changelog.parse.ChangelogParser;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Counted;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.SchemaState;
import dev.lockkeeper.run.Inspection;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.migration.Range;
import dev.lockkeeper.run.session.Changelogs;
import dev.lockkeeper.run.session.Inspector;
import dev.lockkeeper.run.session.RunnerLock;
import dev.lockkeeper.run.session.Session;
import dev.lockkeeper.settings.CommandSettings;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Adopts a schema that somebody else made: records what already ran, and runs nothing. */
public final class Baseline implements Task {
    @Override
    public String name() {
        return "baseline";
    }

    @Override
    public Outcome perform(Run run) throws Failure, SQLException {
        CommandSettings command = run.settings().command();
        requireOneChoice(command);
        Changelog offline = ChangelogParser.parse(run.settings().changelog());
        Range range = Range.of(command, offline);
        try (Session session = Session.writing(run)) {
            Changelog changelog = Changelogs.forSession(run, offline, session);
            new RunnerLock(run, session).acquire();
            Inspection found = Inspector.inspect(session, changelog);
            run.tally().before(found);
            requireUntracked(found);
            Set<ChangeSetId> chosen = command.none()
                    ? Set.of()
                    : range.choose(found.comparison().pending()).stream()
                            .map(ChangeSetInfo::id)
                            .collect(Collectors.toSet());
            new HistoryWriter(changelog, session.schemas(), session.connection(), run.stop()::check).markRan(chosen);
            run.tally().wrote();
            Inspection after = Inspector.inspect(session, changelog);
            run.tally().after(after);
            return new Outcome.Done(Counted.of(chosen.size(), "change set") + " recorded as ran; nothing was run."
                    + (after.comparison().pending().isEmpty() ? "" : " Next: migrate."));
        }
    }

    private static void requireOneChoice(CommandSettings command) throws Failure {
        long choices = java.util.stream.Stream.of(
                        command.all(), command.none(), command.toTag().isPresent())
                .filter(chosen -> chosen)
                .count();
        if (choices != 1) {
            throw new Failure(new Outcome.BadInput(
                    List.of("baseline needs exactly one of --all, --to-tag TAG and --none"),
                    "--all: all change sets already ran here. --to-tag TAG: those up to TAG did. --none: none did."));
        }
    }

    private static void requireUntracked(Inspection found) throws Failure {
        if (found.state() instanceof SchemaState.Empty) {
            throw new Failure(new Outcome.StateRefused(
                    "The schema is empty: there is nothing to adopt, and change sets recorded now would never run.",
                    "Run migrate."));
        }
        if (found.rows().filter(rows -> !rows.isEmpty()).isPresent()) {
            throw new Failure(new Outcome.StateRefused(
                    "The schema already has a history of "
                            + Counted.of(found.rows().get().size(), "row") + ".",
                    "Look at status; a schema is adopted only once."));
        }
    }
}
