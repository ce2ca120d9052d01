package dev.lockkeeper.sql.outside;

import dev.lockkeeper.sql.Token;
import dev.lockkeeper.sql.TokenReader;
import java.util.Arrays;
import java.util.Optional;

/** REINDEX [(options)] INDEX | TABLE | SCHEMA | DATABASE [CONCURRENTLY] [name], if it is CONCURRENTLY. */
final class ReindexReader {
    private ReindexReader() {}

    static Optional<Effect> read(TokenReader tokens) {
        if (!tokens.accept("REINDEX")) {
            return Optional.empty();
        }
        boolean option = tokens.accept('(') && hasConcurrently(tokens);
        Token kind = tokens.take();
        Optional<Effect.Reach> reach = Arrays.stream(Effect.Reach.values())
                .filter(one -> kind.is(one.name()))
                .findFirst();
        boolean concurrently = tokens.accept("CONCURRENTLY") || option;
        return reach.filter(one -> concurrently).map(one -> new Effect.Reindexes(one, tokens.takeName()));
    }

    private static boolean hasConcurrently(TokenReader tokens) {
        boolean found = false;
        while (!tokens.atEnd() && !tokens.accept(')')) {
            if (tokens.accept("CONCURRENTLY")) {
                Token value = tokens.peek();
                found = !value.is("FALSE") && !value.is("OFF") && !value.text().equals("0");
            } else {
                tokens.take();
            }
        }
        return found;
    }
}
