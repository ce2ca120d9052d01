package dev.lockkeeper.sql;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The escapes of {@code U&"…"}: {@code \0061}, {@code \+000061} and the escape character doubled.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS">Identifiers and
 *     Key Words</a>
 */
final class UnicodeEscapes {
    static final char DEFAULT = '\\';

    private UnicodeEscapes() {}

    /** Decodes what can be decoded, and leaves alone what the server would refuse. */
    static String decode(String text, char escape) {
        String mark = Pattern.quote(String.valueOf(escape));
        return Pattern.compile(mark + "(?:" + mark + "|([0-9a-fA-F]{4})|\\+([0-9a-fA-F]{6}))")
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(decode(match, escape)));
    }

    private static String decode(MatchResult match, char escape) {
        String digits = match.group(1) != null ? match.group(1) : match.group(2);
        if (digits == null) {
            return String.valueOf(escape);
        }
        int codePoint = Integer.parseInt(digits, 16);
        return Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : match.group();
    }
}
