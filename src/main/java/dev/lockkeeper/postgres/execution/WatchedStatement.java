package dev.lockkeeper.postgres.execution;

import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement whose listeners are called around each of its executions, and which drops the rows that it answers with. */
final class WatchedStatement {
    private final Statement statement;
    private final List<WatchedConnection.Listener> listeners;

    /** What was prepared; empty if the SQL comes with each execution. */
    private final String prepared;

    /** The results of the last execution; null if the statement has them itself. */
    private @Nullable DroppedResults results;

    /** @param arguments of the call that made the statement */
    WatchedStatement(Statement statement, Object @Nullable [] arguments, List<WatchedConnection.Listener> listeners) {
        this.statement = statement;
        this.listeners = listeners;
        this.prepared = firstText(arguments);
    }

    private static String firstText(Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : "";
    }

    Object shownAs(Class<?> type) {
        Class<?> shown =
                List.of(CallableStatement.class, PreparedStatement.class).contains(type) ? type : Statement.class;
        return WatchedConnection.proxy(shown, (ignored, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                return execute(method, arguments);
            }
            return results != null && results.answers(method)
                    ? results.answer(method)
                    : WatchedConnection.call(statement, method, arguments);
        });
    }

    private Object execute(Method method, Object @Nullable [] arguments) throws Throwable {
        String sql = prepared.isEmpty() ? firstText(arguments) : prepared;
        for (WatchedConnection.Listener listener : listeners) {
            listener.before(statement);
        }
        try {
            Object result = executed(method, arguments, sql);
            if (!method.getName().equals("executeQuery")) {
                long rows = rows(result);
                listeners.forEach(listener -> listener.succeeded(sql, rows));
            }
            return result;
        } catch (SQLException e) {
            for (WatchedConnection.Listener listener : listeners) {
                listener.failed(sql, e);
            }
            throw e;
        } finally {
            listeners.forEach(listener -> listener.after(statement));
        }
    }

    private Object executed(Method method, Object @Nullable [] arguments, String sql) throws Throwable {
        results = null;
        if (method.getName().equals("execute") && arguments != null && arguments.length == 1) {
            Optional<List<Long>> all = new LargeResult(statement, sql, this::between).execute();
            if (all.isPresent()) {
                results = new DroppedResults(all.get());
                return results.firstHasRows();
            }
        }
        return WatchedConnection.call(statement, method, arguments);
    }

    private void between() throws SQLException {
        for (WatchedConnection.Listener listener : listeners) {
            listener.after(statement);
            listener.before(statement);
        }
    }

    private long rows(Object result) throws SQLException {
        if (result instanceof Number number) {
            return number.longValue();
        }
        if (results != null) {
            return results.count();
        }
        return result instanceof Boolean ? statement.getLargeUpdateCount() : -1;
    }
}
