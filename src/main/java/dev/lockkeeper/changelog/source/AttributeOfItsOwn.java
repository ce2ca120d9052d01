package dev.lockkeeper.changelog.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A change set's attribute on a line of its own, which is only a comment. */
final class AttributeOfItsOwn {
    /** What isn't the default, and what nobody would write as prose. */
    private static final Pattern CERTAIN = Pattern.compile("(?i)\\s*--\\s?(?:(?:runOnChange|runAlways)\\s?[:=]\\s?true"
            + "|(?:runInTransaction|failOnError|splitStatements|stripComments|rollbackSplitStatements)\\s?[:=]\\s?false)\\s*"
            + "|\\s*--(?:endDelimiter|rollbackEndDelimiter|logicalFilePath|runWith)[:=]\\S+\\s*");

    /** The same as prose would have it. */
    private static final Pattern PROSE = Pattern.compile(
            "(?i)\\s*--\\s?(runOnChange|runAlways|runInTransaction|failOnError|splitStatements|stripComments|endDelimiter"
                    + "|rollbackEndDelimiter|rollbackSplitStatements|logicalFilePath|runWith)\\s?[:=]\\s?\\S+\\s*");

    /** Ordinary words, too. */
    private static final Pattern LIKELY =
            Pattern.compile("--(labels?|contexts?|contextFilter|dbms|ignore):\\s?(?:\"[^\"]*\"|\\S+)\\s*");

    private AttributeOfItsOwn() {}

    static Optional<Finding> finding(String line) {
        if (!line.stripLeading().startsWith("--")) {
            return Optional.empty();
        }
        Matcher certain = CERTAIN.matcher(line);
        if (certain.matches()) {
            return Optional.of(of(line));
        }
        if (PROSE.matcher(line).matches()) {
            return Optional.of(of(line).doubted());
        }
        Matcher likely = LIKELY.matcher(line);
        return likely.matches() ? Optional.of(of(line).doubted().choosing(true)) : Optional.empty();
    }

    private static Finding of(String line) {
        return Finding.lost(
                "\"" + Shown.of(line) + "\" is only a comment: attributes are read on the --changeset line");
    }
}
