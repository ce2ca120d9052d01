package dev.lockkeeper.sql;

import dev.lockkeeper.model.QualifiedName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Whether a statement changes rows and the server reports how many. */
final class RowChange {
    /** What makes a query leave rows out. */
    private static final List<String> CONDITIONS = List.of("WHERE", "JOIN", "EXCEPT", "HAVING");

    private static final List<String> LIMITS = List.of("LIMIT", "FETCH");

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

    /** The table that an UPDATE changes, also behind WITH. */
    static Optional<QualifiedName> updatedTable(String sql) {
        TokenReader tokens = new TokenReader(sql);
        int parentheses = 0;
        boolean with = tokens.peek().is("WITH");
        while (with && !tokens.atEnd() && !(parentheses == 0 && isVerb(tokens.peek()))) {
            Token token = tokens.take();
            parentheses += token.is('(') ? 1 : token.is(')') ? -1 : 0;
        }
        if (!tokens.accept("UPDATE")) {
            return Optional.empty();
        }
        tokens.accept("ONLY");
        return tokens.takeName();
    }

    /**
     * Whether it limits rows that nothing chooses: a SELECT or UPDATE with LIMIT but without a condition of its own, so that it
     * finds the same rows each time.
     */
    static boolean limitsWithoutCondition(String sql) {
        Deque<Boolean> conditions = new ArrayDeque<>(List.of(false));
        Lexer lexer = new Lexer(sql);
        for (Token token = lexer.nextSignificant(); token.kind() != TokenKind.END; token = lexer.nextSignificant()) {
            if (token.is('(')) {
                conditions.push(false);
            } else if (token.is(')') && conditions.size() > 1) {
                conditions.pop();
            } else if (CONDITIONS.stream().anyMatch(token::is)) {
                conditions.pop();
                conditions.push(true);
            } else if (LIMITS.stream().anyMatch(token::is) && !conditions.peek()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isVerb(Token token) {
        return VERBS.stream().anyMatch(token::is);
    }
}
