package dev.lockkeeper.command;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.parse.ChangelogParser;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Comparison;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.SchemaState;
import dev.lockkeeper.run.Inspection;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.migration.Range;
import dev.lockkeeper.run.session.HistoryFit;
import dev.lockkeeper.run.session.Opened;
import dev.lockkeeper.run.session.Refusal;
import dev.lockkeeper.settings.CommandOption;
import dev.lockkeeper.settings.Problems;
import dev.lockkeeper.settings.Values;
import dev.lockkeeper.sql.Written;
import dev.lockkeeper.text.Counted;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adopts a schema that somebody else made: records what already ran, and runs nothing. */
public final class Baseline implements Command {
    private static final CommandOption ALL = CommandOption.flag("--all", "everything in the changelog already ran here")
            .orVariable("LOCKKEEPER_ALL");
    private static final CommandOption TO_TAG = CommandOption.value(
                    "--to-tag", "TAG", "up to and with the change set that sets this tag")
            .orVariable("LOCKKEEPER_TO_TAG");
    private static final CommandOption NONE = CommandOption.flag(
                    "--none", "nothing in the changelog ran here, these tables aren't ours")
            .orVariable("LOCKKEEPER_NONE");

    private record Choice(boolean all, Optional<String> toTag, boolean none) {
        boolean exactlyOne() {
            return Stream.of(all, toTag.isPresent(), none)
                            .filter(chosen -> chosen)
                            .count()
                    == 1;
        }
    }

    @Override
    public String name() {
        return "baseline";
    }

    @Override
    public String description() {
        return "Adopts an existing schema: records what already ran, runs nothing.";
    }

    @Override
    public List<CommandOption> options() {
        return List.of(ALL, TO_TAG, NONE);
    }

    @Override
    public Work prepare(Values values, Problems problems) {
        Choice choice = new Choice(values.flag(ALL), values.text(TO_TAG), values.flag(NONE));
        if (!choice.exactlyOne()) {
            problems.error("baseline needs exactly one of --all (all change sets already ran here), --to-tag TAG (those"
                    + " up to TAG did) and --none (none did)");
        }
        return run -> perform(run, choice);
    }

    private static Outcome perform(Run run, Choice choice) throws Failure, SQLException {
        Changelog offline = ChangelogParser.parse(run.settings().changelog());
        Range range = Range.of(choice.toTag(), Optional.empty(), offline);
        try (Opened opened = Opened.locked(run, offline)) {
            return new Endings(run).judge(() -> adopt(run, opened, choice, range));
        }
    }

    private static Outcome adopt(Run run, Opened opened, Choice choice, Range range) throws Failure, SQLException {
        Inspection found = opened.found();
        requireUntracked(run, found);
        Set<ChangeSetId> chosen = choice.none() ? Set.of() : chosen(range, found.comparison());
        HistoryFit.requireFor(opened, chosen, Optional.empty());
        opened.historyWriter().markRan(chosen);
        run.tally().wrote(Written.CERTAIN);
        boolean pending = !opened.inspectAfter().comparison().pending().isEmpty();
        return new Outcome.Done(Counted.of(chosen.size(), "change set") + " recorded as ran; nothing was run."
                + (pending ? " Next: migrate." : ""));
    }

    private static Set<ChangeSetId> chosen(Range range, Comparison comparison) {
        return range.fixedBy(comparison).chosen(comparison.pending()).stream()
                .map(ChangeSetInfo::id)
                .collect(Collectors.toSet());
    }

    private static void requireUntracked(Run run, Inspection found) throws Failure {
        if (found.state() instanceof SchemaState.Empty) {
            throw new Failure(new Refused.StateRefused(
                    "The schema is empty: there is nothing to adopt, and change sets recorded now would never run.",
                    "Run migrate."));
        }
        if (found.rows().filter(rows -> !rows.isEmpty()).isPresent()) {
            throw new Failure(new Refused.StateRefused(
                    "The schema already has a history of "
                            + Counted.of(found.rows().get().size(), "row") + ".",
                    "Look at status; a schema is adopted only once."));
        }
        if (found.state() instanceof SchemaState.Inconsistent) {
            Refusal.check(run, found);
        }
    }
}
