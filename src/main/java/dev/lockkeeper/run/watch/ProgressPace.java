package dev.lockkeeper.run.watch;

import java.time.Duration;
import java.util.Optional;

/** When it is time to say again how far a change set is: often on a terminal, seldom in a log, ever more seldom later. */
final class ProgressPace {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SELDOM = Duration.ofSeconds(30);
    private static final Duration ON_TERMINAL = Duration.ofSeconds(1);

    private final boolean terminal;
    private Duration last = Duration.ZERO;

    ProgressPace(boolean terminal) {
        this.terminal = terminal;
    }

    /** The time since the change set began, where it is time to tell it. */
    Optional<Duration> due(Duration elapsed) {
        if (elapsed.compareTo(last) < 0) {
            last = Duration.ZERO;
        }
        if (elapsed.minus(last).compareTo(pause(elapsed)) < 0) {
            return Optional.empty();
        }
        last = elapsed;
        return Optional.of(elapsed);
    }

    private Duration pause(Duration elapsed) {
        if (terminal) {
            return ON_TERMINAL;
        }
        return elapsed.compareTo(LONG) < 0 ? FIRST : SELDOM;
    }
}
