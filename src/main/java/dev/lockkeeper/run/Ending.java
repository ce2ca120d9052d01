package dev.lockkeeper.run;

import dev.lockkeeper.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes the exit code from the thread that runs to those that wait for the run's end: the shutdown hook, the
 * deadline's clock, the canceller. Written once, by the main thread.
 */
public final class Ending {
    private @Nullable Integer exitCode;

    /** The run has ended with this exit code. */
    public synchronized void ended(int code) {
        exitCode = code;
        notifyAll();
    }

    /** Waits for the run's end; empty if it didn't come in time. */
    public synchronized Optional<Integer> await(Duration longest) {
        Deadline deadline = Deadline.in(longest);
        try {
            while (exitCode == null && !deadline.passed()) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline.left().toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.ofNullable(exitCode);
    }
}
