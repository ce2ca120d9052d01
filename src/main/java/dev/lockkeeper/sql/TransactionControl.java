package dev.lockkeeper.sql;

/**
 * Statements that begin or end a transaction.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-commands.html">SQL Commands</a>
 */
final class TransactionControl {
    private TransactionControl() {}

    static boolean starts(String sql) {
        TokenReader tokens = new TokenReader(sql);
        return tokens.accept("BEGIN") || tokens.accept("START", "TRANSACTION");
    }

    static boolean ends(String sql) {
        TokenReader tokens = new TokenReader(sql);
        if (tokens.accept("END") || tokens.accept("ABORT")) {
            return true;
        }
        if (tokens.accept("COMMIT")) {
            return !tokens.accept("PREPARED");
        }
        if (tokens.accept("ROLLBACK")) {
            return !tokens.accept("PREPARED") && !toSavepoint(tokens);
        }
        return prepares(sql);
    }

    /** PREPARE transaction AS … is a prepared statement of that name. */
    static boolean prepares(String sql) {
        TokenReader tokens = new TokenReader(sql);
        return tokens.accept("PREPARE", "TRANSACTION") && tokens.peek().kind() == TokenKind.STRING;
    }

    private static boolean toSavepoint(TokenReader behindRollback) {
        if (!behindRollback.accept("WORK")) {
            behindRollback.accept("TRANSACTION");
        }
        return behindRollback.accept("TO");
    }
}
