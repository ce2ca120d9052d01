package dev.lockkeeper.run;

import dev.lockkeeper.model.StopRequested;
import dev.lockkeeper.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks a run to end early, because of a signal or because its deadline passed. The reason is written once, by the thread of
 * the signal or the deadline; every other thread reads it.
 */
public final class Stop {
    /** Why a run ends early. */
    public enum Reason {
        SIGNAL,
        DEADLINE,
        /** A thread of the program died, so the run can't be trusted any more. */
        THREAD_DIED
    }

    private final Ending ending = new Ending();
    private final Canceller canceller = new Canceller(ending);
    private @Nullable Reason reason;
    private @Nullable Throwable death;

    /** Why the run was asked to end; empty while it may go on. */
    public synchronized Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /** True once the run was asked to end. */
    public boolean requested() {
        return reason().isPresent();
    }

    /**
     * Returns if the run may go on.
     *
     * @throws StopRequested if it was asked to end
     */
    public void check() {
        if (requested()) {
            throw new StopRequested();
        }
    }

    /** Asks the run to end; its statement is cancelled until it has ended. Returns at once; a second request changes nothing. */
    public void request(Reason why) {
        synchronized (this) {
            if (reason != null || ending.await(Duration.ZERO).isPresent()) {
                return;
            }
            reason = why;
            notifyAll();
        }
        canceller.begin();
    }

    /** Ends the run because a thread died: the handler of what threads don't catch. The first death is the one reported. */
    public void died(Thread thread, Throwable thrown) {
        synchronized (this) {
            if (death == null) {
                death = new ThreadDeathException(thread.getName(), thrown);
            }
        }
        request(Reason.THREAD_DIED);
    }

    /** Why the thread died, if that is the reason. */
    public synchronized Optional<Throwable> death() {
        return Optional.ofNullable(death);
    }

    /** Pauses, unless or until the run is asked to end. */
    public synchronized void pause(Duration duration) {
        Deadline deadline = Deadline.in(duration);
        try {
            while (reason == null && !deadline.passed()) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline.left().toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Which connection a stop cancels. */
    public Canceller canceller() {
        return canceller;
    }

    /** How the run ended, for those who wait for it. */
    public Ending ending() {
        return ending;
    }
}
