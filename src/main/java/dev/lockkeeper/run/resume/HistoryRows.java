package dev.lockkeeper.run.resume;

import dev.lockkeeper.changelog.apply.OutsideTransaction;
import dev.lockkeeper.changelog.failure.UnrecordedException;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.run.Backoff;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.text.Elapsed;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes the history rows of change sets outside a transaction. Their statements are done for good, so a row isn't given up
 * while another session is in its way, nor for a stop, which has a time limit of its own.
 */
final class HistoryRows {
    /** Between attempts once a stop is requested. */
    private static final Duration SHORT = Duration.ofMillis(100);

    /** How many cancel requests may still arrive that were sent before the statement was done. */
    private static final int LATE_CANCELS = 5;

    private final Run run;

    HistoryRows(Run run) {
        this.run = run;
    }

    void record(ChangeSetInfo changeSet, OutsideTransaction.Recording row) throws SQLException {
        int attempts =
                1 + changeSet.options().retries().orElse(run.settings().limits().lockRetries());
        for (int failed = 1; ; failed++) {
            try {
                row.write();
                return;
            } catch (SQLException e) {
                if (!SqlStates.inTheWay(e.getSQLState()) && !SqlStates.QUERY_CANCELED.equals(e.getSQLState())) {
                    throw e;
                }
                if (failed >= attempts) {
                    throw new UnrecordedException(e);
                }
                pause(changeSet, failed, e);
            }
        }
    }

    private void pause(ChangeSetInfo changeSet, int failed, SQLException cause) {
        if (run.stop().requested()) {
            LockSupport.parkNanos(SHORT.toNanos());
            return;
        }
        Duration pause = Backoff.pause(failed);
        run.tally().retried();
        run.warn("The history row of " + changeSet.id() + ", which is done, can't be written yet (" + cause.getMessage()
                + "): next attempt in " + Elapsed.text(pause) + ".");
        run.stop().pause(pause);
    }

    /** Something short between the statement and its row. */
    interface Step {
        void take() throws SQLException;
    }

    /** Takes the step, again if a late cancel request hits it. */
    void uncancelled(Step step) throws SQLException {
        for (int cancels = 0; ; cancels++) {
            try {
                step.take();
                return;
            } catch (SQLException e) {
                if (!SqlStates.QUERY_CANCELED.equals(e.getSQLState()) || cancels == LATE_CANCELS) {
                    throw e;
                }
            }
        }
    }
}
