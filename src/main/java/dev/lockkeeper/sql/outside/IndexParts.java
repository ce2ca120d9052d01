package dev.lockkeeper.sql.outside;

import dev.lockkeeper.sql.Token;
import dev.lockkeeper.sql.TokenReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An index's definition, taken apart; each part is as written.
 *
 * @param method {@code USING btree}, or empty
 * @param keys what is indexed
 * @param included the columns behind INCLUDE
 * @param storage what stands between them and the predicate: NULLS NOT DISTINCT, WITH, TABLESPACE
 * @param predicate the condition behind WHERE
 * @see <a href="https://www.postgresql.org/docs/current/sql-createindex.html">CREATE INDEX</a>
 */
public record IndexParts(
        String method, List<Key> keys, List<String> included, String storage, Optional<String> predicate) {

    /**
     * A column or an expression.
     *
     * @param manner collation, operator class and order
     */
    public record Key(String expression, String manner) {}

    public IndexParts {
        keys = List.copyOf(keys);
        included = List.copyOf(included);
    }

    /** Reads what follows the table's name in CREATE INDEX; empty if that isn't a definition. */
    public static Optional<IndexParts> parse(String definition) {
        return new Reader(definition).read();
    }

    /** Whether it names a tablespace. */
    public boolean namesTablespace() {
        return new TokenReader(storage).skipBehind("TABLESPACE");
    }

    private static final class Reader {
        private final String text;
        private final TokenReader tokens;

        /** Offset behind the last token taken. */
        private int end;

        Reader(String text) {
            this.text = text;
            this.tokens = new TokenReader(text);
        }

        Optional<IndexParts> read() {
            String method = tokens.accept("USING") ? "USING " + take().text() : "";
            if (!tokens.accept('(')) {
                return Optional.empty();
            }
            List<Key> keys = new ArrayList<>();
            do {
                keys.add(key());
            } while (tokens.accept(','));
            boolean closed = tokens.accept(')');
            List<String> included = included();
            String storage = upTo("WHERE");
            boolean partial = tokens.accept("WHERE");
            String predicate = upTo("");
            return closed
                    ? Optional.of(new IndexParts(
                            method, keys, included, storage, partial ? Optional.of(predicate) : Optional.empty()))
                    : Optional.empty();
        }

        /** A column, a function call, or an expression in parentheses; then its manner. */
        private Key key() {
            int start = tokens.peek().start();
            if (tokens.peek().is('(')) {
                takeGroup();
            } else {
                take();
                while (tokens.peek().is('.')) {
                    take();
                    take();
                }
                if (tokens.peek().is('(')) {
                    takeGroup();
                }
            }
            String expression = text.substring(start, end);
            int manner = tokens.peek().start();
            while (!tokens.atEnd() && !tokens.peek().is(',') && !tokens.peek().is(')')) {
                takeGroup();
            }
            return new Key(expression, text.substring(Math.min(manner, end), end));
        }

        private List<String> included() {
            List<String> columns = new ArrayList<>();
            if (tokens.accept("INCLUDE") && tokens.accept('(')) {
                while (!tokens.atEnd() && !tokens.accept(')')) {
                    Token token = take();
                    if (!token.is(',')) {
                        columns.add(token.text());
                    }
                }
            }
            return columns;
        }

        private String upTo(String word) {
            int start = tokens.peek().start();
            end = start;
            while (!tokens.atEnd() && !tokens.peek().is(word)) {
                takeGroup();
            }
            return text.substring(start, end);
        }

        /** One token, or all from an opening parenthesis to the one that closes it. */
        private void takeGroup() {
            int depth = 0;
            do {
                Token token = take();
                depth += token.is('(') ? 1 : token.is(')') ? -1 : 0;
            } while (depth > 0 && !tokens.atEnd());
        }

        private Token take() {
            Token token = tokens.take();
            end = token.end();
            return token;
        }
    }
}
