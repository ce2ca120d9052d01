package dev.lockkeeper.run;

import dev.lockkeeper.changelog.apply.ChangeSetListener;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Event;
import dev.lockkeeper.model.RunResult;
import dev.lockkeeper.model.SchemaState;
import dev.lockkeeper.model.Touched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts what a run does, and tells it as it goes. */
public final class Tally implements ChangeSetListener {
    private final Consumer<Event> events;
    private final Stop stop;
    private final List<RunResult.Applied> applied = new ArrayList<>();
    private final List<ChangeSetId> skipped = new ArrayList<>();
    private List<ChangeSetId> pending = List.of();
    private @Nullable SchemaState before;
    private @Nullable SchemaState after;
    private Duration lockWait = Duration.ZERO;
    private @Nullable ChangeSetInfo current;
    private long begun;
    private int number;
    private int total;
    private boolean wrote;
    private boolean unheard;
    private boolean historyMissing;
    private int retries;
    private @Nullable Long batchRows;

    public Tally(Consumer<Event> events, Stop stop) {
        this.events = events;
        this.stop = stop;
    }

    /** The connection was lost: whether the change set under way landed isn't known until the history is read again. */
    public synchronized void lostSight() {
        unheard = current != null;
    }

    public synchronized boolean unheard() {
        return unheard;
    }

    /** The state before the work, told and kept; after a reconnect, what became of the change set under way. */
    public void before(Inspection found) {
        List<ChangeSetId> awaited = pending;
        pending(found);
        unheard = false;
        SchemaState state = found.state();
        if (before == null || (number == 0 && !before.word().equals(state.word()))) {
            before = state;
            events.accept(new Event.StateRead(state));
        }
        historyMissing = found.rows().isEmpty();
        ChangeSetInfo open = current;
        if (open != null && awaited.contains(open.id()) && !pending.contains(open.id())) {
            // Its commit had landed when the connection was lost.
            applied(open, "EXECUTED", elapsed(), 0);
        }
    }

    public void after(Inspection found) {
        after = found.state();
        wrote |= historyMissing && found.rows().isPresent();
        pending(found);
    }

    private void pending(Inspection found) {
        pending = found.comparison().pending().stream().map(ChangeSetInfo::id).toList();
    }

    /** So many change sets are to come, which the range holds beside those already applied. */
    public synchronized void expect(int changeSets) {
        total = applied.size() + changeSets;
        again();
    }

    /** The update begins once more: what was applied stays, what was passed over is met again. */
    public synchronized void again() {
        number = applied.size();
        skipped.clear();
    }

    /** A change set was rolled back and will run again. */
    public void retried() {
        retries++;
    }

    public int retries() {
        return retries;
    }

    /** A batch of the change set under way is committed. */
    public synchronized void batch(long rows) {
        batchRows = (batchRows == null ? 0 : batchRows) + rows;
        wrote |= rows > 0;
    }

    /** The rows that the change set under way changed so far, where it is batched. */
    public synchronized Optional<Long> batchRows() {
        return Optional.ofNullable(batchRows);
    }

    public void waited(Duration duration) {
        lockWait = lockWait.plus(duration);
    }

    /** Something other than a change set was written: a tag, a baseline, a cleared row. */
    public void wrote() {
        wrote = true;
    }

    @Override
    public synchronized void started(ChangeSetInfo changeSet) {
        mayGoOn();
        number++;
        // Liquibase has made the table before the first change set begins.
        wrote |= historyMissing;
        current = changeSet;
        begun = System.nanoTime();
        batchRows = null;
        events.accept(new Event.ChangeSetStarted(changeSet, number, Math.max(number, total)));
    }

    @Override
    public void mayGoOn() {
        if (stop.requested()) {
            throw new StopRequested();
        }
    }

    @Override
    public synchronized void applied(ChangeSetInfo changeSet, String execType, Duration duration, long rows) {
        current = null;
        applied.add(new RunResult.Applied(changeSet.id(), execType, duration, rows));
        events.accept(new Event.ChangeSetApplied(changeSet.id(), execType, duration, rows));
    }

    @Override
    public synchronized void skipped(ChangeSetInfo changeSet, String reason) {
        current = null;
        wrote |= !changeSet.atomic();
        skipped.add(changeSet.id());
        events.accept(new Event.ChangeSetSkipped(changeSet.id(), reason));
    }

    /** A notice of the server, with the change set that raised it. */
    public synchronized void notice(String severity, String message) {
        events.accept(new Event.Notice(severity, message, current == null ? null : current.id()));
    }

    /** The change set under way. */
    public synchronized Optional<ChangeSetInfo> current() {
        return Optional.ofNullable(current);
    }

    /** Since the change set under way began. */
    public synchronized Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    public List<ChangeSetId> skipped() {
        return List.copyOf(skipped);
    }

    public List<RunResult.Applied> applied() {
        return List.copyOf(applied);
    }

    public List<ChangeSetId> pending() {
        return pending;
    }

    public Optional<SchemaState> before() {
        return Optional.ofNullable(before);
    }

    public Optional<SchemaState> after() {
        return Optional.ofNullable(after);
    }

    public Duration lockWait() {
        return lockWait;
    }

    /** Whether the database is other than before; not known where a connection broke in mid-change. */
    public Touched touched(boolean connectionLost) {
        boolean open = current != null && !current.atomic();
        if (wrote || open || !applied.isEmpty()) {
            return Touched.YES;
        }
        return unheard || (connectionLost && current != null) ? Touched.UNKNOWN : Touched.NO;
    }
}
