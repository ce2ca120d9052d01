package dev.lockkeeper.postgres.execution;

import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.sql.SqlStatement;
import dev.lockkeeper.time.Stopwatch;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/**
 * Executes SQL whose result nobody looks at. pgjdbc would keep all rows in memory until the statement is closed. Here rows are
 * fetched in portions and dropped. pgjdbc does that only in a transaction, and for one statement at a time.
 */
final class LargeResult {
    private static final int PORTION = 1_000;
    private static final Pattern MAY_ANSWER_ROWS =
            Pattern.compile("\\b(?:select|with|values|table|returning)\\b", Pattern.CASE_INSENSITIVE);

    private final Statement statement;
    private final String sql;

    /** What is done between two statements: each execution throws away the notices of the one before. */
    interface Between {
        void call() throws SQLException;
    }

    private final Between between;

    LargeResult(Statement statement, String sql, Between between) {
        this.statement = statement;
        this.sql = sql;
        this.between = between;
    }

    /**
     * Executes it, if its result may be large.
     *
     * @return the results of its statements, -1 for one that answered with rows; empty if nothing was executed
     */
    Optional<List<Long>> execute() throws SQLException {
        if (!MAY_ANSWER_ROWS.matcher(sql).find()) {
            return Optional.empty();
        }
        // As pgjdbc itself takes it apart.
        List<String> all = Parser.parseJdbcSql(sql, true, false, true, false, true).stream()
                .map(LargeResult::text)
                .toList();
        if (all.stream().noneMatch(LargeResult::answersRows)) {
            return Optional.empty();
        }
        Connection connection = statement.getConnection();
        if (!connection.getAutoCommit()) {
            return Optional.of(executeAll(all));
        }
        return all.size() == 1 ? Optional.of(executeInTransaction(connection, all)) : Optional.empty();
    }

    private static String text(NativeQuery query) {
        return query.nativeSql;
    }

    private static boolean answersRows(String one) {
        SqlStatement parsed = new SqlStatement(one);
        return parsed.isQuery() || (parsed.changesRows() && parsed.returnsRows());
    }

    /** In autocommit, one query is a transaction too. */
    private List<Long> executeInTransaction(Connection connection, List<String> one) throws SQLException {
        connection.setAutoCommit(false);
        try {
            List<Long> results = executeAll(one);
            connection.commit();
            return results;
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private List<Long> executeAll(List<String> all) throws SQLException {
        List<Long> results = new ArrayList<>();
        statement.setFetchSize(PORTION);
        try {
            for (String one : all) {
                boolean rows = statement.execute(all.size() == 1 ? sql : one);
                results.add(rows ? -1 : statement.getLargeUpdateCount());
                if (rows) {
                    drop(statement.getResultSet());
                }
                between.call();
            }
        } finally {
            statement.setFetchSize(0);
        }
        return results;
    }

    private void drop(ResultSet result) throws SQLException {
        Stopwatch stopwatch = Stopwatch.started();
        Duration longest = Duration.ZERO;
        for (long seen = 1; result.next(); seen++) {
            if (seen == PORTION) {
                longest = statementTimeout();
            } else if (seen % PORTION == 0
                    && !longest.isZero()
                    && stopwatch.elapsed().compareTo(longest) > 0) {
                // The server measures each portion by itself.
                throw new SQLException("ERROR: canceling statement due to statement timeout", SqlStates.QUERY_CANCELED);
            }
        }
    }

    private Duration statementTimeout() throws SQLException {
        try (Statement ask = statement.getConnection().createStatement();
                ResultSet answer = ask.executeQuery(
                        "SELECT setting FROM pg_catalog.pg_settings WHERE name = 'statement_timeout'")) {
            answer.next();
            return Duration.ofMillis(answer.getLong(1));
        }
    }
}
