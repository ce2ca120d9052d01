package dev.lockkeeper.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks settings up, arguments before environment, and turns text into types; what can't be is a problem. */
final class Values {
    private final Map<String, String> environment;
    private final Map<Variable, String> arguments;
    private final Problems problems;

    Values(Map<String, String> environment, Map<Variable, String> arguments, Problems problems) {
        this.environment = environment;
        this.arguments = arguments;
        this.problems = problems;
    }

    /** The text given; blank is as good as not given, since task definitions can't unset a variable. */
    Optional<String> text(Variable variable) {
        String argument = arguments.get(variable);
        String value = argument != null ? argument : environment.get(variable.variable());
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }

    /** Parses by {@code parser}, whose IllegalArgumentException becomes a problem. */
    <T> Optional<T> parsed(Variable variable, Function<String, T> parser) {
        return text(variable).flatMap(text -> Optional.ofNullable(tried(variable, text, parser)));
    }

    private <T> @Nullable T tried(Variable variable, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            problems.error(variable, String.valueOf(e.getMessage()));
            return null;
        }
    }

    Duration duration(Variable variable, Duration otherwise) {
        return parsed(variable, Durations::parse).orElse(otherwise);
    }

    /** A time limit: {@code none} and 0 mean there is none. */
    Optional<Duration> limit(Variable variable) {
        return text(variable)
                .filter(text -> !text.strip().equalsIgnoreCase("none"))
                .flatMap(text -> parsed(variable, Durations::parse))
                .filter(limit -> !limit.isZero());
    }

    boolean flag(Variable variable) {
        return parsed(variable, Values::yesOrNo).orElse(false);
    }

    private static boolean yesOrNo(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        };
    }

    Optional<Integer> number(Variable variable, int least) {
        return parsed(variable, text -> {
            if (!text.strip().matches("\\d{1,9}") || Integer.parseInt(text.strip()) < least) {
                throw new IllegalArgumentException("\"" + text + "\" isn't a whole number of at least " + least);
            }
            return Integer.parseInt(text.strip());
        });
    }

    /** One of an enum's constants, written in lower case. */
    <E extends Enum<E>> E choice(Variable variable, Class<E> type, E otherwise) {
        return parsed(variable, text -> constant(type, text)).orElse(otherwise);
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
