package dev.lockkeeper.run.migration;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.ExitCode;
import dev.lockkeeper.model.NotApplied;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.run.Tally;
import dev.lockkeeper.text.Counted;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The outcome of an update that ran to its end. */
final class Account {
    private final Tally tally;

    Account(Tally tally) {
        this.tally = tally;
    }

    /**
     * Exit 0 means that every change set in range is recorded, or was skipped by its own setting. That is read from the history,
     * not from what was counted on the way.
     *
     * @param chosen the change sets that were to run
     * @param tag the tag that was set
     */
    Outcome of(List<ChangeSetInfo> chosen, boolean failOnSkip, Optional<String> tag) {
        List<ChangeSetId> lost = lost(chosen);
        if (!lost.isEmpty()) {
            return new Outcome.Defect("these change sets ran but aren't in the history: " + lost);
        }
        if (failOnSkip && !tally.skipped().isEmpty()) {
            return new NotApplied.Skipped(tally.skipped());
        }
        long marked = tally.applied().stream()
                .filter(one -> one.execType().equals("MARK_RAN"))
                .count();
        int skipped = tally.skipped().size();
        return new Outcome.Answered(
                ExitCode.DONE,
                Counted.of(tally.applied().size() - marked, "change set") + " applied"
                        + (marked == 0 ? "" : ", " + marked + " marked as ran")
                        + (skipped == 0 ? "" : ", " + skipped + " skipped by its own setting")
                        + "."
                        + tag.map(name -> " The level is tagged " + name + ".").orElse(""),
                skipped == 0
                        ? ""
                        : "What was skipped isn't recorded and stays pending: every migrate tries it again. Make its"
                                + " precondition true or fix it; --fail-on-skip makes a skip a failure.");
    }

    private List<ChangeSetId> lost(List<ChangeSetInfo> chosen) {
        Set<ChangeSetId> open = new HashSet<>(tally.pending());
        tally.skipped().forEach(open::remove);
        return chosen.stream().map(ChangeSetInfo::id).filter(open::contains).toList();
    }
}
