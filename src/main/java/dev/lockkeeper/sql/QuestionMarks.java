package dev.lockkeeper.sql;

/** Tells question marks of operators ({@code ?}, {@code ?|}, {@code ?&}) from parameters of a prepared statement. */
public final class QuestionMarks {
    private QuestionMarks() {}

    /**
     * Doubles every single question mark outside strings, quoted names and comments, as pgjdbc wants it in a prepared
     * statement. What is doubled already stays, so doubling twice changes nothing.
     *
     * @see <a href="https://jdbc.postgresql.org/documentation/query/">pgjdbc: Using the Statement or PreparedStatement
     *     Interface</a>
     */
    public static String doubled(String sql) {
        StringBuilder doubled = new StringBuilder(sql.length() + 2);
        Lexer lexer = new Lexer(sql);
        int copied = 0;
        for (Token token = lexer.next(); token.kind() != TokenKind.END; token = lexer.next()) {
            if (token.is('?')) {
                if (sql.startsWith("?", token.end())) {
                    token = lexer.next();
                } else {
                    doubled.append(sql, copied, token.end()).append('?');
                    copied = token.end();
                }
            }
        }
        return doubled.append(sql, copied, sql.length()).toString();
    }
}
