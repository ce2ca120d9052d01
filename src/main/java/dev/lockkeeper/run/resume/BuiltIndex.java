package dev.lockkeeper.run.resume;

import dev.lockkeeper.changelog.failure.NothingDoneException;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.postgres.IndexBuilds;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.sql.CreatedIndex;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** CREATE INDEX: one that an earlier run built is recognised, one that it left INVALID is dropped. */
final class BuiltIndex implements Resumption {
    private final Run run;
    private final IndexBuilds builds;
    private final Found found;
    private final CreatedIndex index;
    private final String sql;

    BuiltIndex(Run run, Connection connection, Found found, CreatedIndex index, String sql) {
        this.run = run;
        this.builds = new IndexBuilds(connection);
        this.found = found;
        this.index = index;
        this.sql = sql;
    }

    @Override
    public Optional<String> remaining() throws SQLException {
        OtherBuilder.await(
                run,
                () -> builds.find(index)
                        .filter(one -> !one.valid())
                        .flatMap(one -> one.builder().map(pid -> new OtherBuilder.Seen(one.name(), pid))));
        Optional<IndexBuilds.Found> existing = builds.find(index);
        if (existing.isEmpty()) {
            return Optional.of(sql);
        }
        if (isLeftover(existing.get())) {
            run.warn("The index " + existing.get().name()
                    + " is INVALID, left by a run that was cut short: dropped, and" + " built again.");
            builds.drop(existing.get());
            return Optional.of(sql);
        }
        requireAsDefined(existing.get());
        run.warn("The index " + existing.get().name() + " of "
                + found.changeSet().id() + " exists already, valid and as defined: recorded, not built again.");
        return Optional.empty();
    }

    /** An index of a partitioned table may be INVALID because those of its partitions aren't attached yet. */
    private static boolean isLeftover(IndexBuilds.Found found) {
        return !found.valid() && found.onTable() && !found.partitioned();
    }

    private void requireAsDefined(IndexBuilds.Found existing) throws SQLException {
        String why;
        try {
            if (builds.asDefined(existing, index)) {
                return;
            }
            why = "with another definition (" + existing.definition()
                    + (existing.plain() ? ")" : ", for a deferrable or exclusion constraint)");
        } catch (SQLException e) {
            if (SqlStates.interrupted(e.getSQLState())) {
                throw e;
            }
            why = "and can't be compared with the change set's (" + e.getMessage() + ")";
        }
        throw new NothingDoneException(
                "the index " + existing.name() + " exists already, " + why
                        + ": nothing was done; drop or rename it, or record the change set by hand",
                SqlStates.DUPLICATE_TABLE);
    }

    /**
     * Looks at the index after it was built.
     *
     * @throws SQLException if it is INVALID: IF NOT EXISTS passes over such an index
     */
    @Override
    public void verify() throws SQLException {
        Optional<IndexBuilds.Found> built = builds.find(index);
        if (built.isPresent() && !built.get().valid()) {
            throw new SQLException(
                    "the index " + built.get().name() + " is INVALID after it was built", SqlStates.OBJECT_NOT_READY);
        }
    }
}
