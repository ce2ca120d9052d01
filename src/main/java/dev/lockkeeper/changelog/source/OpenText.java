package dev.lockkeeper.changelog.source;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is still open at the end of a line of SQL: a literal, a dollar-quoted body, a block comment. Liquibase looks at lines
 * and doesn't know, so it takes a line of a literal for a directive. Fed line by line, it holds no text.
 */
final class OpenText {
    /** What the next line begins in. */
    enum Kind {
        NONE,
        COMMENT,
        /** Text that the server stores or executes as it is: without one of its lines it is another text. */
        DATA,
        /** The body of a function or a DO block, outside of literals: a line with a comment does nothing there. */
        CODE
    }

    /** The word before a dollar quote that makes it a body: AS $$, DO $$, LANGUAGE plpgsql $$. */
    private static final Pattern BODY =
            Pattern.compile("\\b(?:as|do|language(?:\\s+\\w+)?)\\s*$", Pattern.CASE_INSENSITIVE);

    private static final int REMEMBERED = 80;

    private char quote;
    private boolean escapes;
    private int comments;
    private String dollar = "";
    /** A dollar-quoted literal within the body. */
    private String inner = "";

    private boolean code;
    private final StringBuilder before = new StringBuilder();

    Kind kind() {
        if (quote != 0) {
            return Kind.DATA;
        }
        if (comments > 0) {
            return Kind.COMMENT;
        }
        if (dollar.isEmpty()) {
            return Kind.NONE;
        }
        return code && inner.isEmpty() ? Kind.CODE : Kind.DATA;
    }

    void clear() {
        quote = 0;
        comments = 0;
        dollar = "";
        inner = "";
        before.setLength(0);
    }

    /** Goes over a line that is part of the SQL. */
    void read(String line) {
        int i = 0;
        while (i < line.length()) {
            i = quote != 0 ? inQuotes(line, i) : comments > 0 ? inComment(line, i) : outside(line, i);
        }
        remember(' ');
    }

    private int inQuotes(String line, int i) {
        if (escapes && line.charAt(i) == '\\') {
            return i + 2;
        }
        if (line.charAt(i) == quote) {
            // A doubled quote closes and opens again, which comes to the same.
            quote = 0;
        }
        return i + 1;
    }

    private int inComment(String line, int i) {
        if (line.startsWith("*/", i)) {
            comments--;
            return i + 2;
        }
        if (line.startsWith("/*", i)) {
            comments++;
            return i + 2;
        }
        return i + 1;
    }

    private int outside(String line, int i) {
        char c = line.charAt(i);
        if (!inner.isEmpty()) {
            return inLiteralOfBody(line, i);
        }
        if (!dollar.isEmpty() && line.startsWith(dollar, i)) {
            int length = dollar.length();
            dollar = "";
            return i + length;
        }
        if (!dollar.isEmpty() && !code) {
            return i + 1;
        }
        if (c == '-' && line.startsWith("--", i)) {
            String close = dollar;
            int end = close.isEmpty() ? -1 : line.indexOf(close, i);
            return end < 0 ? line.length() : end;
        }
        if (c == '/' && line.startsWith("/*", i)) {
            comments = 1;
            return i + 2;
        }
        if (c == '\'' || c == '"') {
            quote = c;
            escapes = c == '\'' && hasEscapes(line, i);
            return i + 1;
        }
        if (c == '$') {
            return dollar(line, i);
        }
        remember(c);
        return i + 1;
    }

    private int dollar(String line, int i) {
        int end = i + 1;
        while (end < line.length() && isTag(line.charAt(end), end == i + 1)) {
            end++;
        }
        boolean insideName = i > 0 && Character.isJavaIdentifierPart(line.charAt(i - 1));
        if (end == line.length() || line.charAt(end) != '$' || insideName) {
            remember('$');
            return i + 1;
        }
        if (!dollar.isEmpty()) {
            inner = line.substring(i, end + 1);
            return end + 1;
        }
        dollar = line.substring(i, end + 1);
        code = BODY.matcher(before.toString().toLowerCase(Locale.ROOT)).find();
        before.setLength(0);
        return end + 1;
    }

    private int inLiteralOfBody(String line, int i) {
        if (!line.startsWith(inner, i)) {
            return i + 1;
        }
        int length = inner.length();
        inner = "";
        return i + length;
    }

    /** Whether the quote follows an E that is no part of a word: E'…', but not LIKE'…'. */
    private static boolean hasEscapes(String line, int quote) {
        boolean e = quote > 0 && Character.toLowerCase(line.charAt(quote - 1)) == 'e';
        return e && (quote == 1 || !Character.isJavaIdentifierPart(line.charAt(quote - 2)));
    }

    private static boolean isTag(char c, boolean first) {
        return Character.isLetter(c) || c == '_' || (!first && Character.isDigit(c));
    }

    private void remember(char c) {
        if (before.length() == REMEMBERED) {
            before.delete(0, REMEMBERED / 2);
        }
        before.append(c);
    }
}
