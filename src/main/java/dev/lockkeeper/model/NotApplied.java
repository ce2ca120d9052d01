package dev.lockkeeper.model;

import dev.lockkeeper.text.Counted;
import dev.lockkeeper.text.Lines;
import java.util.List;

/** A change set that had to be applied wasn't. */
public sealed interface NotApplied extends Outcome {

    /**
     * A change set failed.
     *
     * @param earlier whether the run applied other change sets before
     */
    record ChangeSetFailed(FailedChangeSet failed, boolean earlier) implements NotApplied {
        @Override
        public ExitCode exitCode() {
            return ExitCode.CHANGE_SET_FAILED;
        }

        @Override
        public String happened() {
            return failed.sentence(earlier);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.changeSetFailed(this);
        }
    }

    /** Change sets were skipped by their own settings, and {@code --fail-on-skip} forbids that. */
    record Skipped(List<ChangeSetId> changeSets) implements NotApplied {
        @Override
        public ExitCode exitCode() {
            return ExitCode.CHANGE_SET_FAILED;
        }

        @Override
        public String happened() {
            return Counted.of(changeSets.size(), "change set") + " skipped by onFail or failOnError, and --fail-on-skip"
                    + " forbids that:" + Lines.indented(changeSets);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.skipped(this);
        }
    }

    /**
     * Other sessions were in the way of a change set at every attempt.
     *
     * @param blockers those seen last
     * @param earlier whether the run applied other change sets before
     */
    record TableLocked(FailedChangeSet failed, int attempts, List<Blocker> blockers, boolean earlier)
            implements NotApplied {
        public TableLocked {
            blockers = List.copyOf(blockers);
        }

        @Override
        public ExitCode exitCode() {
            return ExitCode.TABLE_LOCKED;
        }

        @Override
        public String happened() {
            List<String> seen = blockers.stream().map(Blocker::sentence).toList();
            return "In " + Counted.of(attempts, "attempt") + " somebody was in the way. " + failed.sentence(earlier)
                    + (seen.isEmpty() ? "" : "\nIn the way, when last seen:" + Lines.indented(seen));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.tableLocked(this);
        }
    }
}
