package dev.lockkeeper.run.watch;

import java.time.Duration;

/**
 * Decides when to report progress again: often on a terminal, less often in a log, and there even less often after some
 * minutes.
 */
final class ProgressPace {
    private static final Duration EARLY = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration LATE = Duration.ofSeconds(30);
    private static final Duration ON_TERMINAL = Duration.ofSeconds(1);

    private final boolean terminal;
    private Duration last = Duration.ZERO;

    ProgressPace(boolean terminal) {
        this.terminal = terminal;
    }

    /**
     * Whether to report now; if so, it counts as reported.
     *
     * @param elapsed the time since the change set began; less than before means that another one has begun
     */
    boolean due(Duration elapsed) {
        if (elapsed.compareTo(last) < 0) {
            last = Duration.ZERO;
        }
        if (elapsed.minus(last).compareTo(pause(elapsed)) < 0) {
            return false;
        }
        last = elapsed;
        return true;
    }

    private Duration pause(Duration elapsed) {
        if (terminal) {
            return ON_TERMINAL;
        }
        return elapsed.compareTo(LONG) < 0 ? EARLY : LATE;
    }
}
