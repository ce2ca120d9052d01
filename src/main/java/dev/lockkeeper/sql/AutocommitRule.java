package dev.lockkeeper.sql;

/**
 * Statements that the server refuses inside a transaction block (SQLSTATE 25001), by what their manual pages say. Left
 * out: subscriptions, for which it depends on their options, and CLUSTER or REINDEX of a partitioned table, which the
 * text doesn't show to be one. REFRESH MATERIALIZED VIEW CONCURRENTLY and ALTER TYPE … ADD VALUE may run in a
 * transaction.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-commands.html">SQL Commands</a>
 */
final class AutocommitRule {
    private final TokenReader tokens;

    private AutocommitRule(TokenReader tokens) {
        this.tokens = tokens;
    }

    static boolean appliesTo(String sql) {
        return new AutocommitRule(new TokenReader(sql)).applies();
    }

    private boolean applies() {
        if (tokens.accept("CREATE") || tokens.accept("DROP")) {
            return createOrDrop();
        }
        if (tokens.accept("ALTER")) {
            return alter();
        }
        if (tokens.accept("REINDEX")) {
            return reindex();
        }
        if (tokens.accept("CLUSTER")) {
            return clusterWithoutTable();
        }
        return tokens.accept("VACUUM")
                || tokens.accept("DISCARD", "ALL")
                || tokens.accept("COMMIT", "PREPARED")
                || tokens.accept("ROLLBACK", "PREPARED");
    }

    private boolean createOrDrop() {
        tokens.accept("UNIQUE");
        return tokens.accept("INDEX", "CONCURRENTLY") || tokens.accept("DATABASE") || tokens.accept("TABLESPACE");
    }

    private boolean alter() {
        if (tokens.accept("DATABASE")) {
            tokens.takeName();
            return tokens.accept("SET", "TABLESPACE");
        }
        if (tokens.accept("TABLE")) {
            return tokens.skipBehind("DETACH", "PARTITION")
                    && tokens.takeName().isPresent()
                    && tokens.accept("CONCURRENTLY");
        }
        return tokens.accept("SYSTEM");
    }

    /** REINDEX [(options)] INDEX | TABLE [CONCURRENTLY] name; SCHEMA, DATABASE and SYSTEM take transactions of their own. */
    private boolean reindex() {
        if (tokens.accept('(') && hasConcurrentlyOption()) {
            return true;
        }
        Token kind = tokens.take();
        return kind.is("SCHEMA") || kind.is("DATABASE") || kind.is("SYSTEM") || tokens.accept("CONCURRENTLY");
    }

    private boolean hasConcurrentlyOption() {
        while (!tokens.atEnd() && !tokens.accept(')')) {
            if (tokens.accept("CONCURRENTLY") && !isOff(tokens.peek())) {
                return true;
            }
            tokens.take();
        }
        return false;
    }

    private void skipOptions() {
        while (!tokens.atEnd() && !tokens.accept(')')) {
            tokens.take();
        }
    }

    private static boolean isOff(Token value) {
        return value.is("FALSE") || value.is("OFF") || value.text().equals("0");
    }

    private boolean clusterWithoutTable() {
        if (tokens.accept('(')) {
            skipOptions();
        }
        tokens.accept("VERBOSE");
        return !tokens.peek().isName();
    }
}
