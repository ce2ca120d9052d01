package dev.lockkeeper.model.event;

import dev.lockkeeper.model.ChangeSetId;
import java.time.Duration;
import java.util.List;

/** What a command found out or did, in addition to how it ended. A failed command has the part that it got to. */
public sealed interface Answer {

    <R> R accept(Visitor<R> visitor);

    /** Something that handles every kind of answer; a new kind doesn't compile until it is handled. */
    interface Visitor<R> {
        R migrated(Migrated answer);

        R compared(Compared answer);
    }

    /**
     * What {@code migrate} did.
     *
     * @param applied change sets recorded by this run
     * @param skipped change sets skipped by their own setting
     * @param pending change sets that are still to be applied
     * @param retries how often a change set was rolled back and run again because another session was in the way
     */
    record Migrated(List<Applied> applied, List<ChangeSetId> skipped, List<ChangeSetId> pending, int retries)
            implements Answer {
        public Migrated {
            applied = List.copyOf(applied);
            skipped = List.copyOf(skipped);
            pending = List.copyOf(pending);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.migrated(this);
        }
    }

    /**
     * A change set that a run recorded.
     *
     * @param execType EXECUTED, RERAN or MARK_RAN
     * @param rows rows that its statements changed
     */
    record Applied(ChangeSetId id, String execType, Duration duration, long rows) {}

    /**
     * What is still to be applied, by comparing changelog and history: the answer of every command that applies nothing
     * itself.
     */
    record Compared(List<ChangeSetId> pending) implements Answer {
        public Compared {
            pending = List.copyOf(pending);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.compared(this);
        }
    }
}
