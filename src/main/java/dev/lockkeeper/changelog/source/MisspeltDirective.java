package dev.lockkeeper.changelog.source;

import dev.lockkeeper.settings.Spelling;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises a line that is only a comment to Liquibase but was written as a directive. Ordinary comments use the same words,
 * so what follows the word has to look like that directive's text as well.
 */
final class MisspeltDirective {
    /** Dashes of any kind and other ways to begin a comment, then a word, which may be written as two. */
    private static final Pattern LINE = Pattern.compile(
            "\\s{0,40}([-\\u2010-\\u2015\\u2212\\ufe58\\uff0d#/*!>]{1,4})\\s{0,8}([A-Za-z][A-Za-z_-]{2,40})(.*)");

    private static final Pattern SECOND = Pattern.compile("\\s([A-Za-z]{3,12})(.*)");

    private static final Pattern AUTHOR_AND_ID = Pattern.compile("[:\\s]\\s*(?:\"[^\"]+\"|[^\\s:\"]+):\\s*\\S.*");
    /** As a change set is written. Prose has a space after the colon, and other comments than dashes hide what they hold. */
    private static final Pattern EXACT_CHANGE_SET = Pattern.compile(
            "\\s*[-\\u2010-\\u2015\\u2212\\ufe58\\uff0d][^:]*?[:\\s]\\s*(?:\"[^\"]+\"|[^\\s:\"]+):\\S.*");

    private static final Pattern ROLLBACK_TEXT = Pattern.compile(
            "(?i)[:\\s]\\s*(?:(?:drop|delete|alter|create|insert|update|truncate|revoke|grant|comment on|call|do|execute|refresh)"
                    + "\\b|empty\\s*$|not required\\s*$|changesetid:).*");
    private static final Pattern CONDITION_TEXT = Pattern.compile(
            "(?i)(?:.*\\bonfail\\b.*|.*\\bonerror\\b.*|.*\\bsql-?check\\b.*|.*\\b(?:table|view)-?exists\\b.*)");
    private static final Pattern LINES_TEXT = Pattern.compile("(?i)\\s*[:=]?\\s*(?:start|end|\\d+)\\s*");
    private static final Pattern PROPERTY_TEXT = Pattern.compile("(?i).*\\bname\\s*[:=].*\\bvalue\\s*[:=].*");
    private static final Pattern SUM_TEXT =
            Pattern.compile("(?i)\\s*:?\\s*(?:\\d+:[0-9a-f]{8,}|[0-9a-f]{32}|any|1:any)\\s*");
    private static final Pattern HEADER_TEXT =
            Pattern.compile("(?i)\\s*[-_]?format+ed.*|\\s*[-_]?form[a-z]{1,6}\\s+sql.*");

    private static final Set<String> ORDINARY = Set.of(
            "changelog",
            "changelogs",
            "changes",
            "changed",
            "change",
            "callback",
            "fallback",
            "playback",
            "properly",
            "conditions",
            "rolledback");
    private static final int LONGEST = 2_000;

    /** A directive: its word, how the text after it looks, and what the line should have been. */
    private record Shape(String word, Predicate<String> text, String spelling) {
        boolean fits(String found, String rest) {
            return Math.abs(found.length() - word.length()) <= 2
                    && !ORDINARY.contains(found)
                    && Spelling.nearest(found, List.of(word), "").isPresent()
                    && text.test(rest);
        }

        /** For a change set with what follows the word, which is right as a rule. */
        String meant(String rest) {
            String text = rest.strip().replaceFirst("^:\\s*", "");
            return word.equals("changeset") ? "--changeset " + Shown.of(text) : spelling;
        }
    }

    private static final Shape CHANGE_SET =
            new Shape("changeset", AUTHOR_AND_ID.asMatchPredicate(), "--changeset author:id");
    private static final Shape HEADER =
            new Shape("liquibase", HEADER_TEXT.asMatchPredicate(), "--liquibase formatted sql");
    private static final List<Shape> INSIDE = List.of(
            CHANGE_SET,
            new Shape("rollback", ROLLBACK_TEXT.asMatchPredicate(), "--rollback SQL"),
            new Shape("preconditions", CONDITION_TEXT.asMatchPredicate(), "--preconditions onFail:…"),
            new Shape(
                    "precondition", CONDITION_TEXT.asMatchPredicate(), "--precondition-sql-check expectedResult:… SQL"),
            new Shape("ignorelines", LINES_TEXT.asMatchPredicate(), "--ignoreLines:start, and nothing behind it"),
            new Shape("property", PROPERTY_TEXT.asMatchPredicate(), "--property name:… value:…"),
            new Shape("validchecksum", SUM_TEXT.asMatchPredicate(), "--validCheckSum: … at the beginning of the line"));

    /**
     * What a line was meant to be.
     *
     * @param begins whether it was meant to begin a change set
     * @param certain whether something of what a migration does is missing
     */
    record Meant(boolean begins, boolean certain, String spelling) {
        Meant uncertain() {
            return new Meant(begins, false, spelling);
        }

        Finding finding(String line) {
            Finding finding =
                    Finding.lost("\"" + Shown.of(line) + "\" isn't a directive that Liquibase knows", spelling);
            return certain ? finding : finding.doubted();
        }
    }

    private MisspeltDirective() {}

    /** What a line that isn't a directive of formatted SQL was meant to be. */
    static Optional<Meant> of(String line) {
        return find(line, INSIDE)
                .map(meant -> meant.begins() && !EXACT_CHANGE_SET.matcher(line).matches() ? meant.uncertain() : meant);
    }

    /** Whether a line was meant to begin a change set, or a file of formatted SQL, whatever it is now. */
    static boolean marksFormattedSql(String line) {
        return SqlDirective.HEADER.matcher(line).matches()
                || SqlDirective.of(line).filter(SqlDirective.CHANGE_SET::equals).isPresent()
                || find(line, List.of(HEADER)).isPresent()
                || (find(line, List.of(CHANGE_SET)).isPresent()
                        && EXACT_CHANGE_SET.matcher(line).matches());
    }

    private static Optional<Meant> find(String line, List<Shape> shapes) {
        String start = line.stripLeading();
        if (start.isEmpty() || Character.isLetterOrDigit(start.charAt(0)) || line.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String word = matcher.group(2).toLowerCase(Locale.ROOT);
        String rest = matcher.group(3);
        return find(word.replaceAll("[-_]", ""), rest, shapes)
                .or(() -> conditionWithType(word, rest, shapes))
                .or(() -> twoWords(word, rest, shapes));
    }

    private static Optional<Meant> find(String word, String rest, List<Shape> shapes) {
        return shapes.stream()
                .filter(shape -> shape.fits(word, rest))
                .findFirst()
                .map(shape -> new Meant(shape.equals(CHANGE_SET), !isHabit(word, rest), shape.meant(rest)));
    }

    /** Whole projects write {@code --rollback: SQL}, which is no roll-back to Liquibase, and migrate well. */
    private static boolean isHabit(String word, String rest) {
        return word.startsWith("rollback") && rest.startsWith(":");
    }

    /** {@code preconditon-sql-check}: the type belongs to the word. */
    private static Optional<Meant> conditionWithType(String word, String rest, List<Shape> shapes) {
        String joined = word.replaceFirst("^pre-", "pre");
        int dash = joined.indexOf('-');
        return dash < 0 ? Optional.empty() : find(joined.substring(0, dash), joined.substring(dash) + rest, shapes);
    }

    /** {@code change set team:1}. */
    private static Optional<Meant> twoWords(String word, String rest, List<Shape> shapes) {
        Matcher second = SECOND.matcher(rest);
        return second.matches()
                ? find(word + second.group(1).toLowerCase(Locale.ROOT), second.group(2), shapes)
                : Optional.empty();
    }
}
