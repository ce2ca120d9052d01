package dev.lockkeeper.run;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The pauses before another attempt when another session was in the way: growing and jittered. */
public final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final double GROWTH = 1.5;
    private static final double LEAST_PART = 0.5;

    private Backoff() {}

    /**
     * The pause after the n-th failure, counted from 1. It is at most half a second at first, then half as much again
     * each time, up to 20 seconds. It is a random time of at least half of that, so as not to fall in step with what is
     * in the way.
     */
    public static Duration pause(int failures) {
        double longest = Math.min(FIRST.toMillis() * Math.pow(GROWTH, failures - 1.0), (double) LONGEST.toMillis());
        return Duration.ofMillis((long) (longest * ThreadLocalRandom.current().nextDouble(LEAST_PART, 1)));
    }
}
