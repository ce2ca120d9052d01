package dev.lockkeeper.sql;

/**
 * Character classes of PostgreSQL's lexer. It works on bytes and takes every byte above ASCII for a letter. We do the
 * same with characters, so a no-break space is part of a name here too.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">Lexical Structure</a>
 */
final class Characters {
    static final char FIRST_BEYOND_ASCII = 0x80;
    private static final char VERTICAL_TAB = 0x0B;

    private Characters() {}

    static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == VERTICAL_TAB;
    }

    static boolean isNewline(char c) {
        return c == '\n' || c == '\r';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean startsWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= FIRST_BEYOND_ASCII;
    }

    static boolean continuesWord(char c) {
        return continuesTag(c) || c == '$';
    }

    /** Inside the tag of a dollar quote, which is a word without dollars. */
    static boolean continuesTag(char c) {
        return startsWord(c) || isDigit(c);
    }

    /** Capitals for ASCII only, so that no keyword is recognised that the server wouldn't recognise. */
    static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - ('a' - 'A')) : c;
    }

    static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
}
