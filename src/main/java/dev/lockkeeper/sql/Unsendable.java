package dev.lockkeeper.sql;

/** Statements that the server can't take as they are, recognised before it says so in its own words. */
final class Unsendable {
    private Unsendable() {}

    /** Whether the text ends within a quote or within a routine's BEGIN ATOMIC body: it was split at a semicolon in there. */
    static boolean isCutShort(String sql) {
        Lexer lexer = new Lexer(sql);
        Token token = lexer.nextSignificant();
        Nesting nesting = new Nesting(token);
        while (token.kind() != TokenKind.END) {
            if (token.kind() == TokenKind.STRING && isOpen(token)) {
                return true;
            }
            nesting.see(token);
            token = lexer.nextSignificant();
        }
        return nesting.isInBody();
    }

    private static boolean isOpen(Token string) {
        String text = string.text();
        if (!text.startsWith("$")) {
            return !text.endsWith("'") || text.indexOf('\'') == text.length() - 1;
        }
        int tagEnd = text.indexOf('$', 1) + 1;
        return text.length() < 2 * tagEnd || !text.endsWith(text.substring(0, tagEnd));
    }

    /** Whether only psql can run it: one of its own commands, or COPY from or to the client. */
    static boolean isForPsql(String sql) {
        TokenReader tokens = new TokenReader(sql);
        if (tokens.peek().is('\\')) {
            return true;
        }
        if (!tokens.accept("COPY")) {
            return false;
        }
        Token previous = tokens.peek();
        while (!tokens.atEnd()) {
            Token token = tokens.take();
            if ((token.is("STDIN") && previous.is("FROM")) || (token.is("STDOUT") && previous.is("TO"))) {
                return true;
            }
            previous = token;
        }
        return false;
    }
}
