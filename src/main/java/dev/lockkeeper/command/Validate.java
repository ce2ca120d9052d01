package dev.lockkeeper.command;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.parse.ChangelogParser;
import dev.lockkeeper.changelog.parse.DuplicateIds;
import dev.lockkeeper.changelog.parse.Findings;
import dev.lockkeeper.changelog.parse.RowLengths;
import dev.lockkeeper.changelog.source.UnreadText;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.run.Inspection;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.session.Examination;
import dev.lockkeeper.run.session.HistoryFit;
import dev.lockkeeper.run.session.Opened;
import dev.lockkeeper.run.session.Refusal;
import dev.lockkeeper.settings.CommandOption;
import dev.lockkeeper.settings.Problems;
import dev.lockkeeper.settings.Values;
import dev.lockkeeper.text.Counted;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Checks the changelog by itself, and against a database's history if one is named. */
public final class Validate implements Command {
    private static final CommandOption STRICT =
            CommandOption.flag("--strict", "warnings fail too").orVariable("LOCKKEEPER_STRICT");

    @Override
    public String name() {
        return "validate";
    }

    @Override
    public String description() {
        return "Checks the changelog without a database, and against its history if one is named.";
    }

    @Override
    public List<CommandOption> options() {
        return List.of(STRICT);
    }

    @Override
    public Work prepare(Values values, Problems problems) {
        boolean strict = values.flag(STRICT);
        return run -> perform(run, strict);
    }

    private static Outcome perform(Run run, boolean strict) throws Failure, SQLException {
        if (!run.settings().unknownVariables().isEmpty()) {
            throw new Failure(new Refused.BadInput(
                    run.settings().unknownVariables(), "Correct the names, or remove the variables."));
        }
        Changelog changelog = ChangelogParser.parse(run.settings().changelog());
        List<String> warnings = new ArrayList<>();
        List<Event.Finding> unread = UnreadText.of(changelog).stream()
                .map(one -> new Event.Finding(Event.Level.WARN, one.where(), one.sentence()))
                .toList();
        tell(run, unread, warnings);
        if (changelog.changeSets().isEmpty()) {
            Event.Finding none = new Event.Finding(
                    Event.Level.WARN, run.settings().changelog().location().file(), Refusal.NO_CHANGE_SETS);
            tell(run, List.of(none), warnings);
        }
        boolean compared = false;
        if (run.settings().database().isPresent()) {
            compared = againstHistory(run, changelog, warnings);
        } else {
            DuplicateIds.refuse(changelog);
            tell(run, Findings.of(changelog), warnings);
            tell(run, RowLengths.findings(changelog), warnings);
        }
        if (strict && !warnings.isEmpty()) {
            return new Refused.BadInput(
                    warnings, "Fix the change sets that haven't run anywhere yet; --strict makes warnings fail.");
        }
        boolean one = changelog.changeSets().size() == 1;
        return new Outcome.Done(Counted.of(changelog.changeSets().size(), "change set")
                + (one ? " is valid" : " are valid")
                + (compared ? (one ? " and agrees" : " and agree") + " with the database's history" : "")
                + (warnings.isEmpty() ? "." : ", with " + Counted.of(warnings.size(), "warning") + "."));
    }

    private static void tell(Run run, List<Event.Finding> findings, List<String> warnings) {
        findings.forEach(run.events());
        findings.stream()
                .filter(one -> one.level() != Event.Level.INFO)
                .map(one -> one.where() + ": " + one.what())
                .forEach(warnings::add);
    }

    /** True if there is a history to compare with. What it has ran already, so nothing needs to be said about that. */
    private static boolean againstHistory(Run run, Changelog offline, List<String> warnings)
            throws Failure, SQLException {
        try (Opened opened = Opened.reading(run, offline)) {
            Inspection found = opened.found();
            run.tally().after(found);
            boolean history = found.rows().isPresent();
            if (history) {
                Refusal.check(run, found);
                Refusal.warn(run, found);
            } else {
                run.say("The database has no history to compare with. "
                        + found.state().sentence());
            }
            List<Event.Finding> findings =
                    Examination.findings(opened.changelog(), found.comparison().pending(), found.state());
            tell(run, findings, warnings);
            Examination.refuse(findings);
            HistoryFit.requireLengths(opened, found.comparison().due());
            if (!found.comparison().unknown().isEmpty()) {
                warnings.add("The history has "
                        + Counted.of(found.comparison().unknown().size(), "row") + " that this changelog doesn't know");
            }
            return history;
        }
    }
}
