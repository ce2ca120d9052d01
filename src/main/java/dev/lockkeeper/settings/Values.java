package dev.lockkeeper.settings;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks settings up, on the command line first, and parses them; text that can't be parsed is added to the problems. */
public final class Values {
    /** A hundred years; arithmetic with nanoseconds ends at three times that. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Map<String, String> environment;
    private final Map<Setting, String> arguments;
    private final Problems problems;

    /**
     * Reads from the given maps.
     *
     * @param environment by the variable's name
     * @param arguments what the command line gave
     * @param problems gets what can't be parsed
     */
    public Values(Map<String, String> environment, Map<Setting, String> arguments, Problems problems) {
        this.environment = environment;
        this.arguments = arguments;
        this.problems = problems;
    }

    /** The text given; a blank one counts as not given, since task definitions can't unset a variable. */
    public Optional<String> text(Setting setting) {
        return Optional.ofNullable(arguments.get(setting))
                .or(() -> setting.variable().map(environment::get))
                .filter(text -> !text.isBlank());
    }

    /** All entries of the environment whose name starts with this, in upper or lower case. */
    Map<String, String> startingWith(String prefix) {
        Map<String, String> found = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                found.put(name, value);
            }
        });
        return found;
    }

    /** Parses by {@code parser}, whose IllegalArgumentException becomes a problem. */
    public <T> Optional<T> parsed(Setting setting, Function<String, T> parser) {
        return text(setting).flatMap(text -> Optional.ofNullable(tried(setting, text, parser)));
    }

    private <T> @Nullable T tried(Setting setting, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            problems.error(setting, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** A duration with its units, {@code 1m30s}. */
    public Duration duration(Setting setting, Duration otherwise) {
        return parsed(setting, text -> Durations.parse(text, LONGEST)).orElse(otherwise);
    }

    /** A time limit: {@code none} and 0 mean there is none. */
    public Optional<Duration> limit(Setting setting) {
        return limit(setting, LONGEST);
    }

    /** The same, of at most {@code longest}. */
    public Optional<Duration> limit(Setting setting, Duration longest) {
        return text(setting)
                .filter(text -> !text.strip().equalsIgnoreCase("none"))
                .flatMap(text -> parsed(setting, given -> Durations.parse(given, longest)))
                .filter(limit -> !limit.isZero());
    }

    /** Off unless given as true. */
    public boolean flag(Setting setting) {
        return parsed(setting, Values::yesOrNo).orElse(false);
    }

    private static boolean yesOrNo(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        };
    }

    /** A whole number of at least {@code least} and at most nine digits. */
    public Optional<Integer> number(Setting setting, int least) {
        return parsed(setting, text -> {
            if (!text.strip().matches("\\d{1,9}") || Integer.parseInt(text.strip()) < least) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" isn't a whole number from " + least + " to 999999999");
            }
            return Integer.parseInt(text.strip());
        });
    }

    /** One of an enum's constants, written in lower case. */
    public <E extends Enum<E>> E choice(Setting setting, Class<E> type, E otherwise) {
        return parsed(setting, text -> constant(type, text)).orElse(otherwise);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        StringBuilder all = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text.strip())) {
                return constant;
            }
            all.append(all.isEmpty() ? "" : ", ").append(constant.name().toLowerCase(Locale.ROOT));
        }
        throw new IllegalArgumentException("\"" + text + "\" isn't one of " + all);
    }
}
