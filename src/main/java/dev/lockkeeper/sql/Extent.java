package dev.lockkeeper.sql;

/**
 * Where a token ends, by its first characters. Every method takes the offset where the token starts and returns the
 * offset after it; what is never closed reaches to the end of the text. Each reads what it covers once.
 */
final class Extent {
    private Extent() {}

    static int ofWord(String text, int start) {
        int end = start + 1;
        while (end < text.length() && Characters.continuesWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    static int ofLineComment(String text, int start) {
        int end = start + 2;
        while (end < text.length() && !Characters.isNewline(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Block comments nest in PostgreSQL, as the SQL standard has it and C doesn't. */
    static int ofBlockComment(String text, int start) {
        int depth = 0;
        int at = start;
        while (at < text.length()) {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
                if (depth == 0) {
                    return at;
                }
            } else {
                at++;
            }
        }
        return text.length();
    }

    /** From an opening quote to the next one that isn't doubled. */
    static int ofQuoted(String text, int open) {
        char quote = text.charAt(open);
        int at = text.indexOf(quote, open + 1);
        while (at >= 0 && at + 1 < text.length() && text.charAt(at + 1) == quote) {
            at = text.indexOf(quote, at + 2);
        }
        return at < 0 ? text.length() : at + 1;
    }

    /** As {@link #ofQuoted}, with a backslash as the escape for the character after it. */
    static int ofEscaped(String text, int open) {
        int at = open + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'' && !text.startsWith("''", at)) {
                return at + 1;
            }
            at += c == '\\' || c == '\'' ? 2 : 1;
        }
        return text.length();
    }

    /** The opening {@code $tag$} at this place, or {@code start} itself if there is none. */
    static int ofDollarTag(String text, int start) {
        int end = start + 1;
        if (end < text.length() && Characters.startsWord(text.charAt(end))) {
            while (end < text.length() && Characters.continuesTag(text.charAt(end))) {
                end++;
            }
        }
        return end < text.length() && text.charAt(end) == '$' ? end + 1 : start;
    }

    static int ofDollarQuoted(String text, int start, int tagEnd) {
        String tag = text.substring(start, tagEnd);
        int close = text.indexOf(tag, tagEnd);
        return close < 0 ? text.length() : close + tag.length();
    }

    static int ofDigits(String text, int start) {
        int end = start;
        while (end < text.length()
                && (Characters.isDigit(text.charAt(end)) || (end > start && text.charAt(end) == '_'))) {
            end++;
        }
        return end;
    }

    /**
     * A numeric constant: {@code 42}, {@code 3.5}, {@code 4.}, {@code .001}, {@code 5e2}, {@code 1.9e-5}, {@code 1_500}, {@code 0x1F}.
     * In {@code 1..10}, as loops of PL/pgSQL have it, the number is 1.
     */
    static int ofNumber(String text, int start) {
        int radix = ofRadix(text, start);
        if (radix > start) {
            return radix;
        }
        int end = ofDigits(text, start);
        if (text.startsWith(".", end) && !text.startsWith("..", end)) {
            end = ofDigits(text, end + 1);
        }
        return ofExponent(text, end);
    }

    private static int ofRadix(String text, int start) {
        if (text.charAt(start) != '0' || start + 2 >= text.length() || !isRadixMark(text.charAt(start + 1))) {
            return start;
        }
        int end = start + 2;
        while (end < text.length() && isRadixDigit(text.charAt(end))) {
            end++;
        }
        return end > start + 2 ? end : start;
    }

    private static boolean isRadixMark(char c) {
        return "xXoObB".indexOf(c) >= 0;
    }

    private static boolean isRadixDigit(char c) {
        return c == '_' || (c < Characters.FIRST_BEYOND_ASCII && Character.digit(c, 16) >= 0);
    }

    private static int ofExponent(String text, int mantissaEnd) {
        if (mantissaEnd >= text.length() || Characters.upper(text.charAt(mantissaEnd)) != 'E') {
            return mantissaEnd;
        }
        int digits = mantissaEnd + 1;
        if (text.startsWith("+", digits) || text.startsWith("-", digits)) {
            digits++;
        }
        int end = ofDigits(text, digits);
        return end > digits ? end : mantissaEnd;
    }
}
