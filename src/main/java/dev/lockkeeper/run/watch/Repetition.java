package dev.lockkeeper.run.watch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides when to report something that lasts for a while: at once when it is new, and then only now and then. */
final class Repetition {
    private final Duration pause;
    private @Nullable String reported;
    private Duration reportedAt = Duration.ZERO;

    /** A repetition that says the same again after more than this pause. */
    Repetition(Duration pause) {
        this.pause = pause;
    }

    /**
     * Whether to report this now; if so, it counts as reported.
     *
     * @param now the time since some moment that is the same for all calls
     */
    boolean due(String what, Duration now) {
        if (what.equals(reported) && now.minus(reportedAt).compareTo(pause) <= 0) {
            return false;
        }
        reported = what;
        reportedAt = now;
        return true;
    }

    /** Whatever comes next is new. */
    void forget() {
        reported = null;
    }
}
