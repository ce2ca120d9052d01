package dev.lockkeeper.run.session;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.parse.Findings;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.run.Run;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Examines the change sets that are about to run. What ran already is left alone, whatever it is. */
public final class Examination {
    private Examination() {}

    /**
     * Warns about what takes a promise away.
     *
     * @throws Failure if one of them certainly can't run as it is meant; nothing was touched
     */
    public static void beforeRunning(Run run, Changelog changelog, List<ChangeSetInfo> chosen) throws Failure {
        refuse(changelog, chosen).stream()
                .filter(finding -> finding.level() == Event.Level.WARN)
                .forEach(run.events());
    }

    /**
     * Refuses what certainly can't run as it is meant.
     *
     * @return what else was found
     * @throws Failure bad input; nothing was touched
     */
    public static List<Event.Finding> refuse(Changelog changelog, List<ChangeSetInfo> toRun) throws Failure {
        Set<ChangeSetId> ids = toRun.stream().map(ChangeSetInfo::id).collect(Collectors.toSet());
        List<Event.Finding> findings = Findings.in(changelog, ids);
        List<String> refused = findings.stream()
                .filter(finding -> finding.level() == Event.Level.ERROR)
                .map(finding -> finding.where() + ": " + finding.what())
                .toList();
        if (!refused.isEmpty()) {
            throw new Failure(new Outcome.BadInput(
                    refused,
                    "Fix the change sets, which haven't run here yet, and run again; validate names them too."));
        }
        return findings;
    }
}
