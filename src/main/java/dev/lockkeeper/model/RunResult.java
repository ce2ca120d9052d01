package dev.lockkeeper.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that a finished run tells.
 *
 * @param whatNow what to do now, empty if there is nothing to do
 * @param before state before the work, empty where it wasn't reached
 * @param after state after the work, empty where it couldn't be read
 * @param applied change sets recorded by this run
 * @param skipped change sets passed over by their own setting
 * @param pending change sets that still wait
 * @param lockWait time spent waiting for another runner
 * @param retries how often a change set was rolled back and run again because somebody was in the way
 */
public record RunResult(
        String command,
        Outcome outcome,
        String whatNow,
        Touched touched,
        Optional<SchemaState> before,
        Optional<SchemaState> after,
        List<Applied> applied,
        List<ChangeSetId> skipped,
        List<ChangeSetId> pending,
        Duration duration,
        Duration lockWait,
        int retries) {

    /** A change set that this run recorded. */
    public record Applied(ChangeSetId id, String execType, Duration duration, long rows) {}

    public RunResult {
        applied = List.copyOf(applied);
        skipped = List.copyOf(skipped);
        pending = List.copyOf(pending);
    }

    /** The change set whose failure ended the run. */
    public Optional<FailedChangeSet> failed() {
        if (outcome instanceof NotApplied.ChangeSetFailed failure) {
            return Optional.of(failure.failed());
        }
        if (outcome instanceof NotApplied.TableLocked locked) {
            return Optional.of(locked.failed());
        }
        return Optional.empty();
    }
}
