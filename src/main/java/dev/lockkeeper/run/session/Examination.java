package dev.lockkeeper.run.session;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.parse.DataFiles;
import dev.lockkeeper.changelog.parse.Findings;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.SchemaState;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.run.Run;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Examines the change sets that are about to run. What ran already is left alone, whatever it is. */
public final class Examination {
    private Examination() {}

    /**
     * Warns about what voids a guarantee.
     *
     * @throws Failure if one of them certainly can't run as it is meant; nothing was touched
     */
    public static void beforeRunning(Run run, Changelog changelog, List<ChangeSetInfo> chosen, SchemaState state)
            throws Failure {
        List<Event.Finding> findings = findings(changelog, chosen, state);
        refuse(findings);
        List<String> tooLarge = DataFiles.tooLarge(
                changelog, chosen.stream().map(ChangeSetInfo::id).collect(Collectors.toSet()));
        if (!tooLarge.isEmpty()) {
            throw new Failure(new Refused.BadInput(tooLarge, "Do that and run again."));
        }
        findings.stream().filter(finding -> finding.level() == Event.Level.WARN).forEach(run.events());
    }

    /** What there is to say about these change sets in a schema of this state. */
    public static List<Event.Finding> findings(Changelog changelog, List<ChangeSetInfo> toRun, SchemaState state)
            throws Failure {
        Set<ChangeSetId> ids = toRun.stream().map(ChangeSetInfo::id).collect(Collectors.toSet());
        return Findings.in(changelog, ids, !(state instanceof SchemaState.Empty));
    }

    /**
     * Refuses change sets that certainly can't run as they are meant.
     *
     * @throws Failure bad input; nothing was touched
     */
    public static void refuse(List<Event.Finding> findings) throws Failure {
        List<String> refused = findings.stream()
                .filter(finding -> finding.level() == Event.Level.ERROR)
                .map(finding -> finding.where() + ": " + finding.what())
                .toList();
        if (!refused.isEmpty()) {
            throw new Failure(new Refused.BadInput(
                    refused,
                    "Fix the change sets, which haven't run here yet, and run again; validate names them too."));
        }
    }
}
