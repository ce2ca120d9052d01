package dev.lockkeeper.changelog.source;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An attribute that Liquibase reads, with the value that it takes.
 *
 * @param end where the value ends in the line
 */
record ReadAttribute(Attribute attribute, String value, int end) {
    private static final Set<String> NO = Set.of("false", "no", "off", "n", "f", "0");
    private static final Pattern GOES_ON = Pattern.compile("(?i)(?:and|or|not|&&|\\|\\|)|[,!)].*");
    private static final Pattern END = Pattern.compile("[;.]*");

    String name() {
        return attribute.name();
    }

    /** Whether the value is another one than it looks like. */
    Optional<Finding> misread(LineRest rest) {
        return switch (attribute.kind()) {
            case TRUTH -> truth();
            case LIST -> list(rest);
            case NAMES -> names(rest);
            case WORD -> Optional.empty();
        };
    }

    private Optional<Finding> truth() {
        boolean clear =
                value.isEmpty() || value.equalsIgnoreCase("true") || NO.contains(value.toLowerCase(Locale.ROOT));
        return clear ? Optional.empty() : lost("\"" + name() + ":" + value + "\" is read as false", name() + ":true");
    }

    private Optional<Finding> list(LineRest rest) {
        if (opensQuote() && (value.length() == 1 || value.charAt(value.length() - 1) != value.charAt(0))) {
            String all = value + rest.value(end);
            rest.read(end, rest.endOfValue(end));
            return lost(readOnlyUpTo(all), name() + ":\"" + all.replaceAll("[\"']", "") + "\"");
        }
        if (!opensQuote() && value.endsWith(";")) {
            return lost(
                    "\"" + name() + ":" + value + "\" is read with the semicolon as part of the value",
                    name() + ":" + value.replaceFirst(";+$", ""));
        }
        return Optional.empty();
    }

    private Optional<Finding> names(LineRest rest) {
        if (!opensQuote()) {
            return Optional.empty();
        }
        String all = value + rest.value(end);
        rest.read(end, rest.endOfValue(end));
        return lost(
                "\"" + name() + ":" + all + "\" is read as a name with a quotation mark",
                name() + ":" + all.replaceAll("[\"'\\s]", ""));
    }

    /** Whether this word, which isn't read, continues the value. */
    boolean goesOn(String word, boolean adjacent) {
        if (value.isEmpty()) {
            return true;
        }
        if (attribute.kind() != Attribute.Kind.LIST && attribute.kind() != Attribute.Kind.NAMES) {
            return false;
        }
        return adjacent
                ? !END.matcher(word).matches()
                : !opensQuote() && (value.endsWith(",") || GOES_ON.matcher(word).matches());
    }

    /** Whether it has a list that would take more, if it were in quotes. */
    boolean isOpenList() {
        return attribute.kind() == Attribute.Kind.LIST && !opensQuote();
    }

    /** What is to be said of a value that goes on after the part that is read. */
    Finding cutShort(LineRest rest) {
        String all = value + rest.value(end);
        String bare = all.replaceAll("[\"']", "").strip();
        String meant = attribute.kind() == Attribute.Kind.NAMES ? bare.replaceAll("\\s+", "") : bare;
        boolean quotes = attribute.kind() == Attribute.Kind.LIST && meant.indexOf(' ') >= 0;
        return lost(readOnlyUpTo(all), name() + ":" + (quotes ? "\"" + meant + "\"" : meant))
                .orElseThrow();
    }

    private String readOnlyUpTo(String all) {
        return "\"" + name() + ":" + all + "\" is read only up to \"" + name() + ":" + value + "\"";
    }

    private boolean opensQuote() {
        return value.startsWith("\"") || value.startsWith("'");
    }

    private Optional<Finding> lost(String what, String meant) {
        return Optional.of(Finding.lost(what, meant).choosing(Attribute.chooses(name())));
    }
}
