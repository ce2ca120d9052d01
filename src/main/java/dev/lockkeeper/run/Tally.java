package dev.lockkeeper.run;

import dev.lockkeeper.changelog.ChangeSetListener;
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
final class Tally implements ChangeSetListener {
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

    Tally(Consumer<Event> events, Stop stop) {
        this.events = events;
        this.stop = stop;
    }

    /** The state before the work, told and kept. */
    void before(Inspection found) {
        before = found.state();
        pending(found);
        events.accept(new Event.StateRead(found.state()));
    }

    void after(Inspection found) {
        after = found.state();
        pending(found);
    }

    private void pending(Inspection found) {
        pending = found.comparison().pending().stream().map(ChangeSetInfo::id).toList();
    }

    void expect(int changeSets) {
        total = changeSets;
    }

    void waited(Duration duration) {
        lockWait = lockWait.plus(duration);
    }

    /** Something other than a change set was written: a tag, a baseline, a cleared row. */
    void wrote() {
        wrote = true;
    }

    @Override
    public synchronized void started(ChangeSetInfo changeSet) {
        if (stop.requested()) {
            throw new StopRequested();
        }
        current = changeSet;
        begun = System.nanoTime();
        number++;
        events.accept(new Event.ChangeSetStarted(changeSet, number, Math.max(number, total)));
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
        wrote |= !changeSet.transactional();
        skipped.add(changeSet.id());
        events.accept(new Event.ChangeSetSkipped(changeSet.id(), reason));
    }

    /** A notice of the server, with the change set that raised it. */
    synchronized void notice(String severity, String message) {
        events.accept(new Event.Notice(severity, message, current == null ? null : current.id()));
    }

    /** The change set under way. */
    synchronized Optional<ChangeSetInfo> current() {
        return Optional.ofNullable(current);
    }

    /** Since the change set under way began. */
    synchronized Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    List<ChangeSetId> skipped() {
        return List.copyOf(skipped);
    }

    List<RunResult.Applied> applied() {
        return List.copyOf(applied);
    }

    List<ChangeSetId> pending() {
        return pending;
    }

    Optional<SchemaState> before() {
        return Optional.ofNullable(before);
    }

    Optional<SchemaState> after() {
        return Optional.ofNullable(after);
    }

    Duration lockWait() {
        return lockWait;
    }

    /** Whether the database is other than before; not known where a connection broke in mid-change. */
    Touched touched(boolean connectionLost) {
        boolean open = current != null && !current.transactional();
        if (wrote || open || !applied.isEmpty()) {
            return Touched.YES;
        }
        return connectionLost && current != null ? Touched.UNKNOWN : Touched.NO;
    }
}
