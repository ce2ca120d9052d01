package dev.lockkeeper.run;

import dev.lockkeeper.postgres.Interruption;
import dev.lockkeeper.time.Deadline;
import java.sql.Connection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Cancels the statement of the guarded connection, again and again until the run has ended, since a statement may swallow
 * one cancel request. The connection is written by the main thread and read by the canceller's.
 *
 * <p>Each request opens a connection of its own, so this works from the first statement on, without the monitor. If change sets
 * run, the watch cancels too, over the monitor's connection, which is open already and surely leads to the same server.
 */
public final class Canceller {
    private static final Duration BETWEEN_CANCELS = Duration.ofMillis(200);

    /**
     * A server that hasn't reacted by then doesn't answer any more: the connection is closed without its help. A cancel request
     * without an answer takes seconds itself, and the process halts nine seconds after a signal: the report needs the rest.
     */
    private static final Duration UNTIL_ABORT = Duration.ofSeconds(6);

    private final Ending ending;
    private @Nullable Connection guarded;
    private boolean spares;

    Canceller(Ending ending) {
        this.ending = ending;
    }

    /** From now on, a stop cancels the statement of this connection. */
    public synchronized void guard(Connection connection) {
        guarded = connection;
    }

    /** Nothing is left to cancel. */
    public synchronized void unguard() {
        guarded = null;
    }

    /**
     * Whether a stop leaves the connection's statements alone: what comes between a statement that is done for good and its
     * history row. A server that doesn't answer is given up all the same.
     */
    public synchronized void spare(boolean on) {
        spares = on;
    }

    /** True if nothing may be cancelled now. */
    public synchronized boolean spares() {
        return spares;
    }

    private synchronized @Nullable Connection guarded() {
        return guarded;
    }

    /** Returns at once; a thread does the work. If there is no thread for it, the statement runs to its end. */
    void begin() {
        Thread thread = new Thread(this::cancelUntilEnded, "stop");
        thread.setDaemon(true);
        thread.start();
    }

    /** Tried again in any case: whoever waits for the end of the run has nothing else. */
    private void end(Connection connection, boolean atOnce) {
        try {
            if (atOnce) {
                Interruption.abort(connection);
            } else if (!spares()) {
                Interruption.cancel(connection);
            }
        } catch (RuntimeException | Error e) {
            // Perhaps there is memory again the next time.
            return;
        }
    }

    private void cancelUntilEnded() {
        Deadline deadline = Deadline.in(UNTIL_ABORT);
        do {
            Connection connection = guarded();
            if (connection != null) {
                end(connection, deadline.passed());
            }
        } while (ending.await(BETWEEN_CANCELS).isEmpty());
    }
}
