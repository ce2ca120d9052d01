package dev.lockkeeper.report;

/**
 * Where a value begins and ends in a text, without its quotes.
 *
 * @param concatenated true if this is no value: the text goes on to say how the value is put together
 */
record SecretValue(int start, int end, boolean concatenated) {
    /** The value that begins at an offset: a string of SQL or JSON, or if allowed a bare word. */
    static SecretValue at(String text, int offset, boolean mayBeBare) {
        int at = offset;
        boolean escapes = false;
        if (at + 1 < text.length() && "eEnNuU".indexOf(text.charAt(at)) >= 0) {
            int quote = text.charAt(at + 1) == '&' ? at + 2 : at + 1;
            if (text.startsWith("'", quote)) {
                escapes = "eE".indexOf(text.charAt(at)) >= 0;
                at = quote;
            }
        }
        if (at >= text.length()) {
            return none(offset);
        }
        return switch (text.charAt(at)) {
            case '\'' -> quoted(text, at, escapes);
            case '"' -> mayBeBare || isJson(text, offset) ? until(text, at + 1, "\"") : none(offset);
            case '\\' -> text.startsWith("\\\"", at) ? until(text, at + 2, "\\\"") : none(offset);
            case '$' -> dollarQuoted(text, at);
            case '%' -> inFormat(text, at);
            default -> mayBeBare ? bare(text, at) : none(offset);
        };
    }

    /** The value of a parameter of a URL. */
    static SecretValue ofUrl(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) != '&' && !endsBare(text, at)) {
            at++;
        }
        return new SecretValue(start, at, false);
    }

    /** {@code "password": "x"}. */
    private static boolean isJson(String text, int at) {
        int before = at - 1;
        while (before > 0 && Character.isWhitespace(text.charAt(before))) {
            before--;
        }
        return before > 0 && text.charAt(before) == ':';
    }

    static int behindSpace(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static SecretValue none(int at) {
        return new SecretValue(at, at, false);
    }

    private static SecretValue until(String text, int start, String delimiter) {
        int end = text.indexOf(delimiter, start);
        return new SecretValue(start, end < 0 ? text.length() : end, false);
    }

    /** {@code format('… PASSWORD %L', …)}: the arguments come behind the string. */
    private static SecretValue inFormat(String text, int at) {
        int end = text.indexOf('\'', at) + 1;
        return end == 0 ? none(at) : new SecretValue(end, end, true);
    }

    /** Within another string of SQL the quotes are doubled, once for each level. */
    private static SecretValue quoted(String text, int open, boolean escapes) {
        int quotes = 1;
        while (open + quotes < text.length() && text.charAt(open + quotes) == '\'') {
            quotes++;
        }
        if (quotes % 2 == 0) {
            int start = open + quotes;
            boolean empty = start == text.length() || !Character.isLetterOrDigit(text.charAt(start));
            return empty && quotes == 2 ? none(start) : until(text, start, "'".repeat(quotes));
        }
        int end = endOfString(text, open + 1, escapes);
        int first = behindSpace(text, open + 1);
        return text.startsWith("||", first) ? new SecretValue(open, open, true) : new SecretValue(open + 1, end, false);
    }

    private static int endOfString(String text, int from, boolean escapes) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && escapes) {
                at += 2;
            } else if (c != '\'') {
                at++;
            } else if (text.startsWith("''", at)) {
                at += 2;
            } else {
                return at;
            }
        }
        return text.length();
    }

    private static SecretValue dollarQuoted(String text, int open) {
        int at = open + 1;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (at >= text.length() || text.charAt(at) != '$') {
            return none(open);
        }
        return until(text, at + 1, text.substring(open, at + 1));
    }

    /** Up to the next space: a password may have any other character. More than the value may be hidden, never less. */
    private static SecretValue bare(String text, int start) {
        int at = start;
        while (at < text.length() && !endsBare(text, at)) {
            if (text.startsWith("('", at)) {
                // A function of SQL: the secret is among its arguments.
                return new SecretValue(at, at, true);
            }
            at += text.startsWith("''", at) ? 2 : 1;
        }
        return new SecretValue(start, at, false);
    }

    private static boolean endsBare(String text, int at) {
        return switch (text.charAt(at)) {
            case '"', '`', '\u2026' -> true;
            case '\\' -> text.startsWith("\"", at + 1);
            // A doubled quote before a letter is part of a password in a string of SQL.
            case '\'' ->
                !text.startsWith("''", at)
                        || at + 2 == text.length()
                        || !Character.isLetterOrDigit(text.charAt(at + 2));
            default -> Character.isWhitespace(text.charAt(at));
        };
    }
}
