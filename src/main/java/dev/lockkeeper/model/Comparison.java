package dev.lockkeeper.model;

import java.util.List;

/**
 * The changelog beside the history.
 *
 * @param pending what a migrate would run, in order; {@code runAlways} change sets that ran once aren't pending
 * @param edited recorded change sets whose text no longer gives the recorded checksum
 * @param unknown rows that the changelog doesn't have
 * @param recorded change sets of the changelog that the history has
 */
public record Comparison(
        List<ChangeSetInfo> pending, List<Edited> edited, List<ChangeSetId> unknown, List<ChangeSetInfo> recorded) {

    /** A change set that was changed after it ran: the recorded checksum and that of its present text. */
    public record Edited(ChangeSetId id, String recorded, String present) {}

    public Comparison {
        pending = List.copyOf(pending);
        edited = List.copyOf(edited);
        unknown = List.copyOf(unknown);
        recorded = List.copyOf(recorded);
    }
}
