package dev.lockkeeper.model.event;

import dev.lockkeeper.model.Blocker;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.FailedChangeSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Something that happened to one change set. */
public sealed interface ChangeSetEvent extends Event {

    /** The change set. */
    ChangeSetInfo changeSet();

    <R> R accept(Visitor<R> visitor);

    @Override
    default <R> R accept(Event.Visitor<R> visitor) {
        return visitor.changeSet(this);
    }

    /** Something that handles every event of a change set. */
    interface Visitor<R> {
        R pending(Pending event);

        R started(Started event);

        R applied(Applied event);

        R skipped(Skipped event);

        R retried(Retried event);

        R failed(Failed event);

        R progress(Progress event);
    }

    /** It waits to be applied: the answer of {@code status}. */
    record Pending(ChangeSetInfo changeSet) implements ChangeSetEvent {
        @Override
        public String name() {
            return "changeset.pending";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.pending(this);
        }
    }

    /** It begins. */
    record Started(ChangeSetInfo changeSet, Place place) implements ChangeSetEvent {
        @Override
        public String name() {
            return "changeset.started";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.started(this);
        }
    }

    /**
     * It is recorded.
     *
     * @param execType EXECUTED, RERAN or MARK_RAN
     * @param rows rows that its statements changed
     * @param remark what its precondition has to do with that, if it wasn't met
     */
    record Applied(
            ChangeSetInfo changeSet,
            Place place,
            String execType,
            Duration duration,
            long rows,
            Optional<String> remark)
            implements ChangeSetEvent {
        @Override
        public String name() {
            return "changeset.applied";
        }

        /** That it ran although its precondition wasn't met is a warning; that it didn't run is what it asks for. */
        @Override
        public Level level() {
            return remark.isPresent() && !execType.equals("MARK_RAN") ? Level.WARN : Level.INFO;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.applied(this);
        }
    }

    /** It was skipped by its own setting and isn't recorded. */
    record Skipped(ChangeSetInfo changeSet, Place place, String reason) implements ChangeSetEvent {
        @Override
        public String name() {
            return "changeset.skipped";
        }

        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.skipped(this);
        }
    }

    /**
     * It was rolled back because another session was in the way, and will run again.
     *
     * @param attempt the number of the attempt that failed, from 1
     * @param attempts how many there may be
     * @param pause until the next one
     */
    record Retried(FailedChangeSet failed, int attempt, int attempts, Duration pause, List<Blocker> blockers)
            implements ChangeSetEvent {
        public Retried {
            blockers = List.copyOf(blockers);
        }

        @Override
        public ChangeSetInfo changeSet() {
            return failed.changeSet();
        }

        @Override
        public String name() {
            return "changeset.retried";
        }

        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.retried(this);
        }
    }

    /** It failed; the run ends. */
    record Failed(FailedChangeSet failed, Place place, Duration duration) implements ChangeSetEvent {
        @Override
        public ChangeSetInfo changeSet() {
            return failed.changeSet();
        }

        @Override
        public String name() {
            return "changeset.failed";
        }

        @Override
        public Level level() {
            return Level.ERROR;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.failed(this);
        }
    }

    /**
     * How far it has got, if it takes long.
     *
     * @param phase what it is doing, if that is known
     * @param percent how much of the phase is done, 0 to 100
     * @param rows rows changed so far by a batched change set
     */
    record Progress(
            ChangeSetInfo changeSet,
            Duration elapsed,
            Optional<String> phase,
            Optional<Double> percent,
            Optional<Long> rows)
            implements ChangeSetEvent {
        @Override
        public String name() {
            return "progress";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.progress(this);
        }
    }
}
