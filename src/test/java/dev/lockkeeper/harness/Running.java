package dev.lockkeeper.harness;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A run in this process while it is under way: what it has written so far, and its end. */
public final class Running {
    private static final Duration LONGEST = Duration.ofSeconds(120);

    private final Supplier<String> output;
    private final Background<Finished> end;

    Running(Supplier<String> output, Background<Finished> end) {
        this.output = output;
        this.end = end;
    }

    /** Waits until the run has written an event of that name; fails with its output if it ends without. */
    public Running awaitEvent(String name) throws Exception {
        return awaitEvents(name, 1);
    }

    /** Waits until the run has written so many events of that name; fails with its output if it ends without. */
    public Running awaitEvents(String name, int times) throws Exception {
        return await(() -> count(name) >= times, times + " " + name);
    }

    /** Waits until the run has written a text; fails with its output if it ends without. */
    public Running awaitText(String text) throws Exception {
        return await(() -> output.get().contains(text), text);
    }

    private Running await(BooleanSupplier written, String what) throws Exception {
        Await.until(
                () -> {
                    // Asked first, because a run writes its last line before it ends.
                    boolean ended = end.isDone();
                    boolean there = written.getAsBoolean();
                    if (ended && !there) {
                        throw new AssertionError("the run ended without " + what + ":\n" + output.get());
                    }
                    return there;
                },
                output);
        return this;
    }

    /** How many events of that name it has written so far. */
    public int count(String name) {
        return Program.count(output.get(), name);
    }

    /** Whether it has ended. */
    public boolean isDone() {
        return end.isDone();
    }

    /** Waits for its end. */
    public Finished result() throws Exception {
        return end.result(LONGEST);
    }
}
