package dev.lockkeeper.run.resume;

import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.QualifiedName;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.postgres.Catalog;
import dev.lockkeeper.postgres.ReplicationLag;
import dev.lockkeeper.run.Backoff;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.sql.Identifier;
import dev.lockkeeper.sql.SqlStatement;
import dev.lockkeeper.sql.Written;
import dev.lockkeeper.text.Elapsed;
import dev.lockkeeper.time.Stopwatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** Repeats one statement until it changes no row; each batch is a transaction of its own that is committed. */
final class Batches {
    /** Replicas further behind than this get time to catch up. */
    private static final Duration MOST_LAG = Duration.ofSeconds(5);

    private static final Duration LAG_PAUSE = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_LAG = Duration.ofSeconds(2);

    /** Whether the table has as many rows as were changed is looked at from here on, and whenever their number has doubled. */
    private static final long FIRST_COUNT = 2;

    private final Run run;
    private final Connection connection;
    private final ChangeSetInfo changeSet;
    private final String sql;
    private final boolean limited;
    private final Optional<QualifiedName> updated;
    private final Duration lockTimeout;
    private final int retries;
    private Stopwatch sinceLookForLag = Stopwatch.started();

    Batches(Run run, Connection connection, ChangeSetInfo changeSet, String sql) {
        this.run = run;
        this.connection = connection;
        this.changeSet = changeSet;
        this.sql = sql;
        this.limited = new SqlStatement(sql).hasLimit();
        this.updated = new SqlStatement(sql).updatedTable();
        this.lockTimeout =
                changeSet.options().lockTimeout().orElse(run.settings().limits().lockTimeout());
        this.retries =
                changeSet.options().retries().orElse(run.settings().limits().lockRetries());
    }

    /** Returns the rows changed in all. */
    long run() throws SQLException {
        Duration pause = changeSet.options().batchPause().orElse(Duration.ZERO);
        long all = 0;
        long before = Long.MAX_VALUE;
        long countAt = FIRST_COUNT;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = " + lockTimeout.toMillis());
            while (true) {
                long rows = batch(statement);
                run.underway().batch(rows);
                if (rows > 0) {
                    run.tally().wrote(Written.CERTAIN);
                }
                all += rows;
                if (rows == 0) {
                    return all;
                }
                requireAnEnd(rows, before);
                before = rows;
                if (all >= countAt) {
                    requireMoreRows(all);
                    countAt = 2 * all;
                }
                pause(pause);
                letReplicasCatchUp();
            }
        }
    }

    /** One batch; if somebody is in the way, it is tried again, since it was rolled back. */
    private long batch(Statement statement) throws SQLException {
        for (int failures = 1; ; failures++) {
            try {
                return statement.executeLargeUpdate(sql);
            } catch (SQLException e) {
                if (!SqlStates.inTheWay(e.getSQLState())
                        || failures > retries
                        || run.stop().requested()) {
                    throw e;
                }
                run.tally().retried();
                pause(Backoff.pause(failures));
            }
        }
    }

    /** Without LIMIT the first batch changes all matching rows; if the next one finds as many, it changes the same rows. */
    private void requireAnEnd(long rows, long before) throws SQLException {
        if (!limited && rows >= before) {
            throw new SQLException(
                    "the batched statement changes " + rows + " rows again and again: give it a condition that leaves"
                            + " out the rows it has changed, and a LIMIT",
                    SqlStates.PROGRAM_LIMIT_EXCEEDED);
        }
    }

    /** An UPDATE that leaves out what it changed can't change more rows than the table has. */
    private void requireMoreRows(long changed) throws SQLException {
        if (updated.isEmpty() || Catalog.hasRows(connection, updated.get(), changed)) {
            return;
        }
        throw new SQLException(
                "the batched statement has changed " + changed + " rows, more than "
                        + Identifier.quoteIfNeeded(updated.get())
                        + " has: it changes the same rows again and again; give"
                        + " it a condition that leaves out the rows it has changed",
                SqlStates.PROGRAM_LIMIT_EXCEEDED);
    }

    private void letReplicasCatchUp() throws SQLException {
        if (sinceLookForLag.elapsed().compareTo(LOOK_FOR_LAG) < 0) {
            return;
        }
        boolean said = false;
        Optional<Duration> lag = ReplicationLag.worst(connection);
        while (lag.filter(one -> one.compareTo(MOST_LAG) > 0).isPresent()) {
            if (!said) {
                run.warn("A replica is " + Elapsed.text(lag.get()) + " behind: waiting for it between two batches of "
                        + changeSet.id() + ".");
                said = true;
            }
            pause(LAG_PAUSE);
            lag = ReplicationLag.worst(connection);
        }
        sinceLookForLag = Stopwatch.started();
    }

    private void pause(Duration duration) {
        run.stop().pause(duration);
        run.stop().check();
    }
}
