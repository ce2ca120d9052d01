package dev.lockkeeper.sql;

import java.util.List;

/** Whether a statement changes rows and the server reports how many. */
final class RowChange {
    private static final List<String> VERBS = List.of("INSERT", "UPDATE", "DELETE", "MERGE");

    private RowChange() {}

    /** After WITH, the statement's own verb is the first one outside all parentheses. */
    static boolean in(String sql) {
        Lexer lexer = new Lexer(sql);
        Token token = lexer.nextSignificant();
        if (!token.is("WITH")) {
            return isVerb(token);
        }
        int parentheses = 0;
        while (token.kind() != TokenKind.END) {
            if (token.is('(')) {
                parentheses++;
            } else if (token.is(')')) {
                parentheses--;
            } else if (parentheses == 0
                    && (isVerb(token) || token.is("SELECT") || token.is("TABLE") || token.is("VALUES"))) {
                return isVerb(token);
            }
            token = lexer.nextSignificant();
        }
        return false;
    }

    static boolean inWith(String sql) {
        Lexer lexer = new Lexer(sql);
        Token before = lexer.nextSignificant();
        if (!before.is("WITH")) {
            return false;
        }
        for (Token token = lexer.nextSignificant(); token.kind() != TokenKind.END; token = lexer.nextSignificant()) {
            if (before.is('(') && isVerb(token)) {
                return true;
            }
            before = token;
        }
        return false;
    }

    private static boolean isVerb(Token token) {
        return VERBS.stream().anyMatch(token::is);
    }
}
