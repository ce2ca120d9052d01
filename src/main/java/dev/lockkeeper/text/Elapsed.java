package dev.lockkeeper.text;

import java.time.Duration;
import java.util.Locale;

/** A duration in a sentence: {@code 12 ms}, {@code 3.4 s}, {@code 2 min 5 s}, {@code 1 h 30 min}. */
public final class Elapsed {
    private static final double THOUSAND = 1_000.0;

    private Elapsed() {}

    /** Milliseconds below a second, tenths of a second below a minute, else whole seconds; parts that are zero are left out. */
    public static String text(Duration duration) {
        if (duration.toMillis() < THOUSAND) {
            return duration.toMillis() + " ms";
        }
        if (duration.toMinutes() < 1) {
            String seconds = String.format(Locale.ROOT, "%.1f", duration.toMillis() / THOUSAND);
            return (seconds.endsWith(".0") ? seconds.substring(0, seconds.length() - 2) : seconds) + " s";
        }
        StringBuilder text = new StringBuilder();
        append(text, duration.toHours(), "h");
        append(text, duration.toMinutesPart(), "min");
        append(text, duration.toSecondsPart(), "s");
        return text.toString();
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(text.isEmpty() ? "" : " ").append(number).append(' ').append(unit);
        }
    }
}
