package dev.lockkeeper.sql;

/** The value of a string constant, or of a quoted name, which is written in the same way. */
final class StringLiteral {
    private StringLiteral() {}

    /**
     * The string's value. Good enough to read a function body: of the backslash escapes those for white space and quotes
     * are known, and {@code U&'…'} keeps its escapes.
     */
    static String value(Token string) {
        String text = string.text();
        if (text.charAt(0) == '$') {
            return insideDollars(text);
        }
        return insideQuotes(text, text.indexOf('\''), Characters.upper(text.charAt(0)) == 'E');
    }

    /** The text between the quote at {@code open} and the one that closes it; doubled quotes become single ones. */
    static String insideQuotes(String text, int open, boolean escapes) {
        char quote = text.charAt(open);
        StringBuilder inside = new StringBuilder();
        int at = open + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean last = at + 1 == text.length();
            if (c == '\\' && escapes && !last) {
                inside.append(unescape(text.charAt(at + 1)));
                at += 2;
            } else if (c != quote) {
                inside.append(c);
                at++;
            } else if (!last && text.charAt(at + 1) == quote) {
                inside.append(quote);
                at += 2;
            } else {
                break;
            }
        }
        return inside.toString();
    }

    private static char unescape(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }

    private static String insideDollars(String text) {
        int tagEnd = text.indexOf('$', 1) + 1;
        String tag = text.substring(0, tagEnd);
        boolean closed = text.length() >= 2 * tagEnd && text.endsWith(tag);
        return text.substring(tagEnd, closed ? text.length() - tagEnd : text.length());
    }
}
