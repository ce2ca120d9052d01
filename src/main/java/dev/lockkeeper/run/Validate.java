package dev.lockkeeper.run;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.ChangelogParser;
import dev.lockkeeper.changelog.Findings;
import dev.lockkeeper.model.Counted;
import dev.lockkeeper.model.Event;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Lines;
import dev.lockkeeper.model.Outcome;
import java.sql.SQLException;
import java.util.List;

/** Checks the changelog by itself, and against a database's history where one is named. */
public final class Validate implements Task {
    @Override
    public String name() {
        return "validate";
    }

    @Override
    public Outcome perform(Run run) throws Failure, SQLException {
        if (!run.settings().unknownVariables().isEmpty()) {
            throw new Failure(new Outcome.BadInput(
                    run.settings().unknownVariables(), "Correct the names, or remove the variables."));
        }
        Changelog changelog = ChangelogParser.parse(run.settings().changelog());
        List<Event.Finding> findings = Findings.of(changelog);
        findings.forEach(run.events());
        String against = "";
        if (run.settings().database().isPresent()) {
            againstHistory(run, changelog);
            against = " and agree with the database's history";
        }
        if (run.settings().command().strict() && !findings.isEmpty()) {
            return new Outcome.BadInput(
                    findings.stream()
                            .map(one -> one.where() + ": " + one.what())
                            .toList(),
                    "Mend the change sets that haven't run anywhere yet; --strict makes warnings fail.");
        }
        return new Outcome.Done(Counted.of(changelog.changeSets().size(), "change set") + " are valid" + against
                + (findings.isEmpty() ? "." : ", with " + Counted.of(findings.size(), "warning") + "."));
    }

    private static void againstHistory(Run run, Changelog offline) throws Failure, SQLException {
        try (Session session = Session.reading(run)) {
            Inspection found = Inspection.of(session, Changelogs.forSession(run, offline, session));
            run.tally().before(found);
            run.tally().after(found);
            if (found.rows().isPresent()) {
                Refusal.check(run, found);
                Refusal.warn(run, found);
            } else {
                run.say("The database has no history to compare with: "
                        + Lines.indented(List.of(found.state().sentence())).strip());
            }
        }
    }
}
