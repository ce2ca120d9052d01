package dev.lockkeeper.sql;

/**
 * Cuts SQL text into tokens by PostgreSQL's lexical rules with {@code standard_conforming_strings = on}, its default. A
 * quote or comment that is never closed reaches to the end of the text. Time is linear in the text.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">Lexical Structure</a>
 */
final class Lexer {
    private static final char BYTE_ORDER_MARK = 0xFEFF;

    private final String text;
    private int position;

    /**
     * Whether the last token was a string with backslash escapes: the string right after it continues it
     * ({@code E'a'<newline>'b'}) and has escapes too.
     */
    private boolean escapes;

    Lexer(String text) {
        this.text = text;
        this.position = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    }

    /** The next token, comments included; at the end of the text {@link TokenKind#END}, again and again. */
    Token next() {
        while (position < text.length() && Characters.isSpace(text.charAt(position))) {
            position++;
        }
        int start = position;
        if (start == text.length()) {
            return new Token(text, TokenKind.END, start, start);
        }
        TokenKind kind = scan(text.charAt(start));
        if (kind != TokenKind.STRING && kind != TokenKind.COMMENT) {
            escapes = false;
        }
        return new Token(text, kind, start, position);
    }

    /** The next token that isn't a comment. */
    Token nextSignificant() {
        Token token = next();
        while (token.kind() == TokenKind.COMMENT) {
            token = next();
        }
        return token;
    }

    private TokenKind scan(char first) {
        if (text.startsWith("--", position)) {
            return upTo(Extent.ofLineComment(text, position), TokenKind.COMMENT);
        }
        if (text.startsWith("/*", position)) {
            return upTo(Extent.ofBlockComment(text, position), TokenKind.COMMENT);
        }
        if (Characters.startsWord(first)) {
            return scanWord(Characters.upper(first));
        }
        if (Characters.isDigit(first) || (first == '.' && isDigitAt(position + 1))) {
            return upTo(Extent.ofNumber(text, position), TokenKind.NUMBER);
        }
        if (text.startsWith("..", position)) {
            return upTo(position + 2, TokenKind.SYMBOL);
        }
        return switch (first) {
            case '\'' -> scanString(position, escapes);
            case '"' -> upTo(Extent.ofQuoted(text, position), TokenKind.QUOTED_NAME);
            case '$' -> scanDollar();
            default -> upTo(position + 1, TokenKind.SYMBOL);
        };
    }

    /** A word, unless it is the letter that opens a special kind of string: E, U&, B, X, N. */
    private TokenKind scanWord(char first) {
        if ("EBXN".indexOf(first) >= 0 && text.startsWith("'", position + 1)) {
            return scanString(position + 1, first == 'E');
        }
        if (first == 'U' && text.startsWith("&'", position + 1)) {
            return scanString(position + 2, false);
        }
        if (first == 'U' && text.startsWith("&\"", position + 1)) {
            return upTo(Extent.ofQuoted(text, position + 2), TokenKind.QUOTED_NAME);
        }
        return upTo(Extent.ofWord(text, position), TokenKind.WORD);
    }

    private TokenKind scanString(int open, boolean withEscapes) {
        escapes = withEscapes;
        return upTo(withEscapes ? Extent.ofEscaped(text, open) : Extent.ofQuoted(text, open), TokenKind.STRING);
    }

    private TokenKind scanDollar() {
        if (isDigitAt(position + 1)) {
            return upTo(Extent.ofDigits(text, position + 1), TokenKind.PARAMETER);
        }
        int tagEnd = Extent.ofDollarTag(text, position);
        if (tagEnd == position) {
            return upTo(position + 1, TokenKind.SYMBOL);
        }
        return scanDollarQuoted(tagEnd);
    }

    private TokenKind scanDollarQuoted(int tagEnd) {
        escapes = false;
        return upTo(Extent.ofDollarQuoted(text, position, tagEnd), TokenKind.STRING);
    }

    private boolean isDigitAt(int offset) {
        return offset < text.length() && Characters.isDigit(text.charAt(offset));
    }

    private TokenKind upTo(int end, TokenKind kind) {
        position = end;
        return kind;
    }
}
