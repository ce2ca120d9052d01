package dev.lockkeeper.run.resume;

import dev.lockkeeper.changelog.apply.NothingDoneException;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Deadline;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.postgres.IndexBuilds;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.sql.CreatedIndex;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Indexes built CONCURRENTLY: one that an earlier run built is recognised, one that it left INVALID is dropped. */
final class ConcurrentIndexes {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Run run;
    private final IndexBuilds builds;

    ConcurrentIndexes(Run run, Connection connection) {
        this.run = run;
        this.builds = new IndexBuilds(connection);
    }

    /**
     * Looks for an index before it is built. An INVALID one, left by a run that was cut short, is dropped.
     *
     * @return true if it exists, valid and as defined, so that only its history row is missing
     * @throws NothingDoneException if an index of that name exists with another definition
     */
    boolean alreadyBuilt(ChangeSetInfo changeSet, CreatedIndex index) throws SQLException {
        Optional<IndexBuilds.Found> existing = findUnlessBeingBuilt(index);
        if (existing.isEmpty()) {
            return false;
        }
        IndexBuilds.Found found = existing.get();
        if (isLeftover(found)) {
            run.warn("The index " + found.name() + " is INVALID, left by a run that was cut short: dropped, and built"
                    + " again.");
            builds.drop(found);
            return false;
        }
        requireAsDefined(found, index);
        run.warn("The index " + found.name() + " of " + changeSet.id()
                + " exists already, valid and as defined: recorded, not built again.");
        return true;
    }

    /** An index of a partitioned table may be INVALID because those of its partitions aren't attached yet. */
    private static boolean isLeftover(IndexBuilds.Found found) {
        return !found.valid() && found.onTable() && !found.partitioned();
    }

    /**
     * The index as it is when nobody builds it: an INVALID one may be somebody else's that is being built, and dropping that
     * would end in a deadlock.
     *
     * @throws SQLException of class 55 if it is still being built after the time to wait for another runner
     */
    private Optional<IndexBuilds.Found> findUnlessBeingBuilt(CreatedIndex index) throws SQLException {
        Deadline deadline = Deadline.in(run.settings().limits().runnerWait());
        boolean said = false;
        Optional<IndexBuilds.Found> found = builds.find(index);
        while (found.filter(one -> !one.valid() && one.builder().isPresent()).isPresent()) {
            String who = "the index " + found.get().name() + " is INVALID, and pid "
                    + found.get().builder().get() + ", which isn't ours, may be building it right now";
            if (deadline.passed()) {
                throw new SQLException(who + ": wait for that session, or end it", SqlStates.OBJECT_IN_USE);
            }
            if (!said) {
                run.warn("Waiting: " + who + ".");
                said = true;
            }
            run.stop().pause(LOOK_AGAIN);
            run.stop().check();
            found = builds.find(index);
        }
        return found;
    }

    private void requireAsDefined(IndexBuilds.Found found, CreatedIndex index) throws SQLException {
        String why;
        try {
            if (builds.asDefined(found, index)) {
                return;
            }
            why = "with another definition (" + found.definition() + ")";
        } catch (SQLException e) {
            if (SqlStates.connectionLost(e.getSQLState())) {
                throw e;
            }
            why = "and can't be compared with the change set's (" + e.getMessage() + ")";
        }
        throw new NothingDoneException(
                "the index " + found.name() + " exists already, " + why
                        + ": nothing was done; drop or rename it, or record the change set by hand",
                SqlStates.DUPLICATE_TABLE);
    }

    /**
     * Looks at an index after it was built.
     *
     * @throws SQLException if it is INVALID: IF NOT EXISTS passes over such an index
     */
    void requireValid(CreatedIndex index) throws SQLException {
        Optional<IndexBuilds.Found> found = builds.find(index);
        if (found.isPresent() && !found.get().valid()) {
            throw new SQLException(
                    "the index " + found.get().name() + " is INVALID after it was built", SqlStates.OBJECT_NOT_READY);
        }
    }
}
