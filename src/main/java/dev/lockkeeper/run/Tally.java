package dev.lockkeeper.run;

import dev.lockkeeper.changelog.apply.ChangeSetObserver;
import dev.lockkeeper.changelog.apply.ChangeSetRun;
import dev.lockkeeper.changelog.apply.End;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.SchemaState;
import dev.lockkeeper.model.event.Answer;
import dev.lockkeeper.model.event.ChangeSetEvent;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.model.event.Place;
import dev.lockkeeper.model.event.Touched;
import dev.lockkeeper.sql.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts what a run does, and reports each change set. Used by the main thread alone. */
public final class Tally implements ChangeSetObserver {
    private final Consumer<Event> events;
    private final Underway underway;
    private final List<Answer.Applied> applied = new ArrayList<>();
    private final List<ChangeSetId> skipped = new ArrayList<>();
    private List<ChangeSetId> pending = List.of();
    private @Nullable SchemaState before;
    private @Nullable SchemaState after;
    private @Nullable Answer answer;
    private Duration lockWait = Duration.ZERO;
    private int number;
    private int total;
    private int retries;
    private Written written = Written.NONE;
    private boolean historyMissing;
    private boolean unheard;

    public Tally(Consumer<Event> events, Underway underway) {
        this.events = events;
        this.underway = underway;
    }

    /** The connection was lost: whether the change set under way was committed isn't known until the history is read again. */
    public void lostSight() {
        unheard = underway.current().isPresent();
    }

    /** True from a lost connection until the history was read again, if a change set was under way. */
    public boolean unheard() {
        return unheard;
    }

    /** The state before the work: reported once, and again if it has changed before the first change set ran. */
    public void before(Inspection found) {
        unheard = false;
        SchemaState state = found.state();
        if (before == null || (number == 0 && !before.word().equals(state.word()))) {
            before = state;
            events.accept(new Event.StateRead(state));
        }
        historyMissing = found.rows().isEmpty();
        countCommitUnheardOf(found);
        pending = pendingIn(found);
    }

    /** After a reconnect: the change set that was under way is no longer pending if its commit had reached the server. */
    private void countCommitUnheardOf(Inspection found) {
        Optional<ChangeSetInfo> open = underway.current().filter(one -> pending.contains(one.id()));
        if (open.isPresent() && !pendingIn(found).contains(open.get().id())) {
            applied(open.get(), new End.Recorded("EXECUTED", underway.elapsed(), 0, Optional.empty()));
            underway.clear();
        }
    }

    /** The state after the work. */
    public void after(Inspection found) {
        after = found.state();
        wrote(historyMissing && found.rows().isPresent() ? Written.CERTAIN : Written.NONE);
        pending = pendingIn(found);
    }

    private static List<ChangeSetId> pendingIn(Inspection found) {
        return found.comparison().pending().stream().map(ChangeSetInfo::id).toList();
    }

    /** How many change sets the range holds in addition to those already applied. */
    public void expect(int changeSets) {
        total = applied.size() + changeSets;
        again();
    }

    /** The update begins again: what was applied stays counted, what was skipped comes up again. */
    public void again() {
        number = applied.size();
        skipped.clear();
    }

    /** A change set was rolled back and will run again. */
    public void retried() {
        retries++;
    }

    /** Time spent waiting for another runner. */
    public void waited(Duration duration) {
        lockWait = lockWait.plus(duration);
    }

    /** Something was written and committed, certainly or perhaps: a batch, a tag, a baseline, a cleared row. */
    public void wrote(Written effect) {
        written = written.or(effect);
    }

    /** True if the run certainly wrote something. */
    public boolean hasWritten() {
        return written == Written.CERTAIN || !applied.isEmpty();
    }

    @Override
    public void started(ChangeSetRun run) {
        number++;
        events.accept(new ChangeSetEvent.Started(run.info(), place()));
    }

    @Override
    public void ended(ChangeSetRun run, End end) {
        if (end instanceof End.Recorded recorded) {
            applied(run.info(), recorded);
        } else if (end instanceof End.Skipped passed) {
            skipped.add(run.info().id());
            events.accept(new ChangeSetEvent.Skipped(run.info(), place(), passed.reason()));
        } else if (end instanceof End.NotForHere) {
            events.accept(new ChangeSetEvent.Skipped(run.info(), place(), "its only change isn't for this database"));
            number--;
        }
    }

    private void applied(ChangeSetInfo changeSet, End.Recorded recorded) {
        applied.add(new Answer.Applied(changeSet.id(), recorded.execType(), recorded.duration(), recorded.rows()));
        events.accept(new ChangeSetEvent.Applied(
                changeSet, place(), recorded.execType(), recorded.duration(), recorded.rows(), recorded.remark()));
    }

    /** Where the change set begun last is in the run. */
    public Place place() {
        return new Place(number, Math.max(number, total));
    }

    /** The command's own answer. */
    public void answered(Answer given) {
        answer = given;
    }

    /** The command's own answer, else what is pending; empty if changelog and history were never compared. */
    public Optional<Answer> answer() {
        return Optional.ofNullable(answer).or(() -> before().map(read -> new Answer.Compared(pending)));
    }

    /** What a migration has done so far. */
    public Answer.Migrated migrated() {
        return new Answer.Migrated(applied, skipped, pending, retries);
    }

    public List<ChangeSetId> skipped() {
        return List.copyOf(skipped);
    }

    public List<Answer.Applied> applied() {
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

    /** Whether the run changed the database; not known if a connection broke while a change set was under way. */
    public Touched touched(boolean connectionLost) {
        if (hasWritten()) {
            return Touched.YES;
        }
        return written == Written.PERHAPS
                        || unheard
                        || (connectionLost && underway.current().isPresent())
                ? Touched.UNKNOWN
                : Touched.NO;
    }
}
