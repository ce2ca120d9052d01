package dev.lockkeeper.sql;

/** What a {@link Token} is. */
public enum TokenKind {
    /** A keyword or an unquoted identifier. */
    WORD,
    /** A quoted identifier: {@code "…"} or {@code U&"…"}. */
    QUOTED_NAME,
    /** A string or bit-string constant, in quotes or in dollars. */
    STRING,
    NUMBER,
    /** A positional parameter: {@code $1}. */
    PARAMETER,
    /**
     * One character of punctuation or of an operator; also {@code ..}, so that the number in 1..10 doesn't include a
     * dot.
     */
    SYMBOL,
    COMMENT,
    /** After the last token. */
    END
}
