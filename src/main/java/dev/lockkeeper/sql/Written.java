package dev.lockkeeper.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What SQL leaves in the database, as far as its text tells. */
public enum Written {
    NONE,
    /** It calls what may write, or may have stopped halfway. */
    PERHAPS,
    CERTAIN;

    /** What begins like this only reads, or changes only the session. */
    private static final Set<String> HARMLESS = Set.of(
            "ABORT",
            "BEGIN",
            "CHECKPOINT",
            "CLOSE",
            "COMMIT",
            "DEALLOCATE",
            "DECLARE",
            "DISCARD",
            "END",
            "FETCH",
            "LISTEN",
            "LOAD",
            "LOCK",
            "MOVE",
            "PREPARE",
            "RELEASE",
            "RESET",
            "ROLLBACK",
            "SAVEPOINT",
            "SET",
            "SHOW",
            "START",
            "TABLE",
            "UNLISTEN",
            "VALUES");

    /** What is called may write, or not. */
    private static final Set<String> CALLS = Set.of("CALL", "DO", "EXECUTE", "EXPLAIN", "SELECT", "WITH");

    private static final Set<String> ROWS = Set.of("DELETE", "INSERT", "MERGE", "UPDATE");

    /** What commits on its way, so that a failure leaves a part of it. */
    private static final Set<String> IN_STEPS = Set.of("CALL", "CLUSTER", "DO", "REINDEX", "VACUUM");

    /**
     * What SQL leaves that succeeded.
     *
     * @param rows how many rows the server says were changed; less than 0 if it doesn't say
     */
    public static Written ofSuccess(String sql, long rows) {
        List<SqlStatement> statements = SqlScript.parse(sql).statements();
        if (statements.size() == 1) {
            return ofOne(sql, rows);
        }
        // The number of rows is that of the first one.
        return statements.stream().map(statement -> ofOne(statement.text(), -1)).reduce(NONE, Written::or);
    }

    private static Written ofOne(String sql, long rows) {
        String word = firstWord(sql);
        if (HARMLESS.contains(word)) {
            return NONE;
        }
        if (ROWS.contains(word)) {
            return rows < 0 ? PERHAPS : rows > 0 ? CERTAIN : NONE;
        }
        boolean calls = CALLS.contains(word) && sql.indexOf('(') >= 0;
        boolean onlyIf = new TokenReader(sql).skipBehind("IF");
        if (calls || onlyIf || word.equals("CALL") || word.equals("DO") || word.equals("EXECUTE")) {
            return PERHAPS;
        }
        return CALLS.contains(word) ? (new TokenReader(sql).skipBehind("INTO") ? CERTAIN : NONE) : CERTAIN;
    }

    /** What SQL leaves that failed outside a transaction: each statement of it is undone as a whole, with exceptions. */
    public static Written ofFailure(String sql) {
        return SqlScript.parse(sql).statements().stream().anyMatch(Written::endsHalfway) ? PERHAPS : NONE;
    }

    private static boolean endsHalfway(SqlStatement statement) {
        return IN_STEPS.contains(firstWord(statement.text()))
                || statement.endsTransaction()
                || new TokenReader(statement.text()).skipBehind("CONCURRENTLY");
    }

    private static String firstWord(String sql) {
        Token first = new Lexer(sql).nextSignificant();
        return first.kind() == TokenKind.WORD ? first.text().toUpperCase(Locale.ROOT) : "";
    }

    /** The same, if nobody heard how it ended. */
    public Written atMostPerhaps() {
        return this == CERTAIN ? PERHAPS : this;
    }

    /** The more certain of both. */
    public Written or(Written other) {
        return compareTo(other) < 0 ? other : this;
    }
}
