package dev.lockkeeper.settings;

import dev.lockkeeper.text.Elapsed;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 2s}, {@code 10m}, {@code 1h30m}. */
public final class Durations {
    private static final Pattern WHOLE = Pattern.compile("(\\d{1,9}(ms|s|m|h|d))+");
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private static final int LONGEST_TEXT = 100;

    private Durations() {}

    /**
     * Reads a duration; {@code 0} needs no unit.
     *
     * @throws IllegalArgumentException with a sentence that shows the right form
     */
    public static Duration parse(String text) {
        String compact = text.strip().toLowerCase(Locale.ROOT).replace(" ", "");
        if (compact.equals("0")) {
            return Duration.ZERO;
        }
        if (compact.length() > LONGEST_TEXT || !WHOLE.matcher(compact).matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" isn't a duration: write a number with its unit, such as 500ms, 2s, 10m or 1h30m");
        }
        Duration sum = Duration.ZERO;
        for (Matcher part = PART.matcher(compact); part.find(); ) {
            sum = sum.plus(of(Long.parseLong(part.group(1)), part.group(2)));
        }
        return sum;
    }

    /**
     * Reads a duration that may not be longer than this.
     *
     * @throws IllegalArgumentException with a sentence that names the longest
     */
    public static Duration parse(String text, Duration longest) {
        Duration duration = parse(text);
        if (duration.compareTo(longest) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is too long: at most "
                    + (longest.toDays() > 0 ? longest.toDays() + "d" : Elapsed.text(longest)));
        }
        return duration;
    }

    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
