package dev.lockkeeper.time;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A moment in the future by which something must have happened. Immutable, so several threads may read it. */
public final class Deadline {
    private final Stopwatch stopwatch;
    private final Duration longest;

    private Deadline(Stopwatch stopwatch, Duration longest) {
        this.stopwatch = stopwatch;
        this.longest = longest;
    }

    /**
     * The moment this long from now.
     *
     * @param longest of any length; zero or less is a deadline that has passed already
     */
    public static Deadline in(Duration longest) {
        return in(longest, System::nanoTime);
    }

    /** The same by a clock like {@link System#nanoTime()}, whose values may overflow. */
    static Deadline in(Duration longest, LongSupplier nanos) {
        return new Deadline(Stopwatch.started(nanos), longest);
    }

    /** Whether no time is left. */
    public boolean passed() {
        return left().isZero();
    }

    /** The time that is left, zero when the deadline has passed. */
    public Duration left() {
        Duration left = longest.minus(stopwatch.elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
