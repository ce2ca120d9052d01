package dev.lockkeeper.time;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Measures the time since it was started. Immutable, so several threads may read it. */
public final class Stopwatch {
    private final LongSupplier nanos;
    private final long start;

    private Stopwatch(LongSupplier nanos) {
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** A stopwatch that is started now. */
    public static Stopwatch started() {
        return started(System::nanoTime);
    }

    /** A stopwatch that is started now, by a clock like {@link System#nanoTime()}, whose values may overflow. */
    static Stopwatch started(LongSupplier nanos) {
        return new Stopwatch(nanos);
    }

    /** The time since the start; never less in a later call. */
    public Duration elapsed() {
        return Duration.ofNanos(nanos.getAsLong() - start);
    }
}
