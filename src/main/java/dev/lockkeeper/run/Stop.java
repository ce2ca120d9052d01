package dev.lockkeeper.run;

import dev.lockkeeper.postgres.Interruption;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a run to end early: by a signal, or because its deadline passed. */
public final class Stop {
    private static final long CANCEL_EVERY_MILLIS = 200;
    private static final Duration UNTIL_ABORT = Duration.ofSeconds(8);

    /** Why. */
    public enum Reason {
        SIGNAL,
        DEADLINE
    }

    private @Nullable Reason reason;
    private @Nullable Connection guarded;
    private @Nullable Integer exitCode;

    /** Why the run was asked to end, empty while it may go on. */
    public synchronized Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    public boolean requested() {
        return reason().isPresent();
    }

    /** The connection whose statement is cancelled on a stop. */
    public synchronized void guard(Connection connection) {
        guarded = connection;
    }

    /** Nothing is left to cancel. */
    public synchronized void unguard() {
        guarded = null;
    }

    /** Asks the run to end; its statement is cancelled again and again until it has ended. Returns at once. */
    public synchronized void request(Reason why) {
        if (reason == null && exitCode == null) {
            reason = why;
            notifyAll();
            Thread canceller = new Thread(this::cancelUntilEnded, "stop");
            canceller.setDaemon(true);
            canceller.start();
        }
    }

    private void cancelUntilEnded() {
        long abortAt = System.nanoTime() + UNTIL_ABORT.toNanos();
        while (true) {
            Connection connection;
            synchronized (this) {
                connection = guarded;
            }
            if (connection != null) {
                if (System.nanoTime() > abortAt) {
                    Interruption.abort(connection);
                } else {
                    Interruption.cancel(connection);
                }
            }
            if (awaitEnd(Duration.ofMillis(CANCEL_EVERY_MILLIS)).isPresent()) {
                return;
            }
        }
    }

    /** Pauses, unless or until the run is asked to end. */
    public synchronized void pause(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        try {
            for (long left = duration.toMillis();
                    reason == null && left > 0;
                    left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run has ended with this exit code. */
    public synchronized void ended(int code) {
        exitCode = code;
        notifyAll();
    }

    /** Waits for the run's end; empty where it didn't come in time. */
    public synchronized Optional<Integer> awaitEnd(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        try {
            for (long left = longest.toMillis();
                    exitCode == null && left > 0;
                    left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.ofNullable(exitCode);
    }
}
