package dev.lockkeeper.report;

import java.time.Duration;
import java.util.Locale;

/** A time as a person says it: {@code 12 ms}, {@code 3.4 s}, {@code 2 min 5 s}. */
final class Elapsed {
    private static final double THOUSAND = 1_000.0;

    private Elapsed() {}

    static String text(Duration duration) {
        if (duration.toMillis() < THOUSAND) {
            return duration.toMillis() + " ms";
        }
        if (duration.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / THOUSAND);
        }
        return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
}
