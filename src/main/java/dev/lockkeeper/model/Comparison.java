package dev.lockkeeper.model;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The changelog compared with the history: a verdict on every change set, and the rows that no change set accounts for.
 *
 * @param judged every change set in the changelog's order
 * @param unknown rows of change sets that the changelog doesn't have
 * @param moved pending change sets that the history has under the path of another file
 */
public record Comparison(List<Judged> judged, List<ChangeSetId> unknown, List<Moved> moved) {

    /**
     * A change set and what a migrate would do with it.
     *
     * @param recorded whether the history has it, whatever the verdict
     */
    public record Judged(ChangeSetInfo changeSet, boolean recorded, Verdict verdict) {}

    /**
     * A pending change set and an unknown row with the same id, author and checksum: the file was moved, or the paths
     * begin at another root.
     *
     * @param recorded with the file as the history has it, without {@code classpath:}
     */
    public record Moved(ChangeSetId recorded, ChangeSetId present) {}

    /** What a migrate would do with a change set, and why. */
    public sealed interface Verdict {

        /** It runs: the history doesn't have it, or it says {@code runOnChange} and its text changed. */
        record Pending() implements Verdict {}

        /** It ran and is as it was. */
        record Recorded() implements Verdict {}

        /**
         * It was changed after it ran, which it doesn't allow.
         *
         * @param recorded the checksum in the history
         * @param present the checksum of its text now, of the same version
         */
        record Edited(String recorded, String present) implements Verdict {}

        /** It ran, and runs again in every migrate because it says {@code runAlways}. */
        record RunsAlways() implements Verdict {}

        /**
         * It doesn't run, whether the history has it or not.
         *
         * @param sentence what it asks for and what this run has, without a full stop
         */
        record LeftOut(Reason reason, String sentence) implements Verdict {}

        /** What leaves a change set out. */
        enum Reason {
            CONTEXTS,
            LABELS,
            /** It is for another database, or its only change is, or is for another operating system. */
            DBMS,
            IGNORED
        }
    }

    public Comparison {
        judged = List.copyOf(judged);
        unknown = List.copyOf(unknown);
        moved = List.copyOf(moved);
    }

    /** What a migrate would run, in order. Change sets that say {@code runAlways} and ran once aren't pending. */
    public List<ChangeSetInfo> pending() {
        return judged.stream()
                .filter(one -> one.verdict() instanceof Verdict.Pending)
                .map(Judged::changeSet)
                .toList();
    }

    /** What a migrate would write a history row of: what is pending, and what runs always. */
    public Set<ChangeSetId> due() {
        return judged.stream()
                .filter(one -> one.verdict() instanceof Verdict.Pending || one.verdict() instanceof Verdict.RunsAlways)
                .map(one -> one.changeSet().id())
                .collect(Collectors.toSet());
    }

    /** Change sets of the changelog that the history has. */
    public List<ChangeSetInfo> recorded() {
        return judged.stream().filter(Judged::recorded).map(Judged::changeSet).toList();
    }
}
