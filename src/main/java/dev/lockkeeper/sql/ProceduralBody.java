package dev.lockkeeper.sql;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * The body text of a DO block or a new procedure, read as PL/pgSQL.
 *
 * @see <a href="https://www.postgresql.org/docs/current/plpgsql-transactions.html">PL/pgSQL: Transaction Management</a>
 */
final class ProceduralBody {
    private ProceduralBody() {}

    /** Whether the body of this statement, if it has one, holds COMMIT or ROLLBACK as a statement. */
    static boolean commits(String sql) {
        return of(new TokenReader(sql)).map(ProceduralBody::holdsCommit).orElse(false);
    }

    private static Optional<String> of(TokenReader tokens) {
        if (tokens.accept("DO")) {
            // DO LANGUAGE 'plpgsql' 'body': the language may be in quotes too.
            return stringBehind(tokens, previous -> !previous.is("LANGUAGE"));
        }
        if (tokens.accept("CREATE", "PROCEDURE") || tokens.accept("CREATE", "OR", "REPLACE", "PROCEDURE")) {
            return stringBehind(tokens, previous -> previous.is("AS"));
        }
        return Optional.empty();
    }

    private static Optional<String> stringBehind(TokenReader tokens, Predicate<Token> isRightPlace) {
        Token previous = tokens.peek();
        while (!tokens.atEnd()) {
            Token token = tokens.take();
            if (token.kind() == TokenKind.STRING && isRightPlace.test(previous)) {
                return Optional.of(StringLiteral.value(token));
            }
            previous = token;
        }
        return Optional.empty();
    }

    private static boolean holdsCommit(String body) {
        TokenReader tokens = new TokenReader(body);
        while (!tokens.atEnd()) {
            if (opensStatement(tokens.take()) && acceptCommit(tokens)) {
                return true;
            }
        }
        return false;
    }

    private static boolean opensStatement(Token previous) {
        return previous.is(';')
                || previous.is("BEGIN")
                || previous.is("THEN")
                || previous.is("ELSE")
                || previous.is("LOOP");
    }

    /** COMMIT; or COMMIT AND [NO] CHAIN; but not a column of that name, as in CASE … THEN commit ELSE …. */
    private static boolean acceptCommit(TokenReader tokens) {
        return (tokens.accept("COMMIT") || tokens.accept("ROLLBACK"))
                && (tokens.atEnd() || tokens.peek().is(';') || tokens.peek().is("AND"));
    }
}
