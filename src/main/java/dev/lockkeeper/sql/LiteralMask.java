package dev.lockkeeper.sql;

/** Takes the data out of a query, so that other people's queries can be shown. */
public final class LiteralMask {
    private LiteralMask() {}

    /**
     * Replaces every string (also bit strings and dollar quotes) and number by {@code ?}. Names, keywords, parameters
     * like {@code $1}, signs and white space stay. A comment becomes a space, since it may hold what somebody commented
     * out. A text cut off in the middle of a string, as pg_stat_activity has them, is masked to its end.
     */
    public static String mask(String sql) {
        StringBuilder masked = new StringBuilder(Math.min(sql.length(), 1024));
        Lexer lexer = new Lexer(sql);
        int copied = 0;
        for (Token token = lexer.next(); token.kind() != TokenKind.END; token = lexer.next()) {
            masked.append(sql, copied, token.start());
            switch (token.kind()) {
                case STRING, NUMBER -> masked.append('?');
                case COMMENT -> masked.append(' ');
                default -> masked.append(sql, token.start(), token.end());
            }
            copied = token.end();
        }
        return masked.append(sql, copied, sql.length()).toString();
    }
}
