package dev.lockkeeper.harness;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits for something that a test expects to happen soon. */
public final class Await {
    /** Generous: a machine may be busy with other things. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private Await() {}

    /** Something that is true or not, or not yet. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Returns as soon as the condition holds, and fails with what {@code seen} says if it doesn't within a minute. */
    public static void until(Condition condition, Supplier<String> seen) throws Exception {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it didn't happen within " + LONGEST + ":\n" + seen.get());
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }
}
