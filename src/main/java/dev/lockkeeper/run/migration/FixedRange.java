package dev.lockkeeper.run.migration;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Comparison;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A range whose end is known, and stays the same when a run goes on over another connection.
 *
 * @param within all change sets that may run, including those that run always
 */
public record FixedRange(Set<ChangeSetId> within) {
    public FixedRange {
        within = Set.copyOf(within);
    }

    /** Those within that a migrate would write a history row of. */
    Set<ChangeSetId> due(Comparison comparison) {
        Set<ChangeSetId> due = new HashSet<>(comparison.due());
        due.retainAll(within);
        return due;
    }

    /** Those of the pending change sets that lie within, in order. */
    public List<ChangeSetInfo> chosen(List<ChangeSetInfo> pending) {
        return pending.stream().filter(one -> within.contains(one.id())).toList();
    }
}
