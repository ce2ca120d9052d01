package dev.lockkeeper.model;

import java.util.List;

/**
 * The changelog compared with the history: a verdict on every change set, and the rows that no change set accounts for.
 *
 * @param judged every change set in the changelog's order
 * @param unknown rows of change sets that the changelog doesn't have
 */
public record Comparison(List<Judged> judged, List<ChangeSetId> unknown) {

    /**
     * A change set and what a migrate would do with it.
     *
     * @param recorded whether the history has it, whatever the verdict
     */
    public record Judged(ChangeSetInfo changeSet, boolean recorded, Verdict verdict) {}

    public Comparison {
        judged = List.copyOf(judged);
        unknown = List.copyOf(unknown);
    }

    /** What a migrate would run, in order. Change sets that say {@code runAlways} and ran once aren't pending. */
    public List<ChangeSetInfo> pending() {
        return judged.stream()
                .filter(one -> one.verdict() instanceof Verdict.Pending)
                .map(Judged::changeSet)
                .toList();
    }

    /** Change sets of the changelog that the history has. */
    public List<ChangeSetInfo> recorded() {
        return judged.stream().filter(Judged::recorded).map(Judged::changeSet).toList();
    }
}
