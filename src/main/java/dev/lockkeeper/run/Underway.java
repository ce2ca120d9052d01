package dev.lockkeeper.run;

import dev.lockkeeper.changelog.apply.ChangeSetObserver;
import dev.lockkeeper.changelog.apply.ChangeSetRun;
import dev.lockkeeper.changelog.apply.End;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.time.Stopwatch;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The change set under way. The main thread writes it; the watch and the notice threads read it. A change set that was rolled back stays here until another begins, since the report names it.
 */
public final class Underway implements ChangeSetObserver {
    private @Nullable ChangeSetInfo current;
    private Stopwatch stopwatch = Stopwatch.started();
    private @Nullable Long batchRows;

    @Override
    public synchronized void started(ChangeSetRun run) {
        current = run.info();
        stopwatch = Stopwatch.started();
        batchRows = null;
    }

    @Override
    public void ended(ChangeSetRun run, End end) {
        if (!(end instanceof End.RolledBack)) {
            clear();
        }
    }

    /** No change set is under way any more. */
    synchronized void clear() {
        current = null;
    }

    /** A batch of the change set under way is committed. */
    public synchronized void batch(long rows) {
        batchRows = (batchRows == null ? 0 : batchRows) + rows;
    }

    /** The change set under way. */
    public synchronized Optional<ChangeSetInfo> current() {
        return Optional.ofNullable(current);
    }

    /** The time since the change set under way began. */
    public synchronized Duration elapsed() {
        return stopwatch.elapsed();
    }

    /** The rows that it changed so far; empty unless it is batched. */
    public synchronized Optional<Long> batchRows() {
        return Optional.ofNullable(batchRows);
    }
}
