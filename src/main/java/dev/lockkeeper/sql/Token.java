package dev.lockkeeper.sql;

/**
 * A stretch of SQL text that belongs together. It points into its source instead of copying from it, so that a large
 * script costs no second copy.
 *
 * @param start offset of the first character
 * @param end offset after the last character
 */
public record Token(String source, TokenKind kind, int start, int end) {

    /** Its text, as written. */
    public String text() {
        return source.substring(start, end);
    }

    /** Whether this is the given word, in upper or lower case; {@code word} is given in capitals. */
    public boolean is(String word) {
        if (kind != TokenKind.WORD || end - start != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (Characters.upper(source.charAt(start + i)) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is the given symbol. */
    public boolean is(char symbol) {
        return kind == TokenKind.SYMBOL && end - start == 1 && source.charAt(start) == symbol;
    }

    /** Whether this can be a name or a part of one. */
    public boolean isName() {
        return kind == TokenKind.WORD || kind == TokenKind.QUOTED_NAME;
    }
}
