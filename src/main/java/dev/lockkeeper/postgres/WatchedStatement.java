package dev.lockkeeper.postgres;

import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A statement whose listeners are called around each of its executions. */
final class WatchedStatement {
    private final Statement statement;
    private final List<WatchedConnection.Listener> listeners;

    /** What was prepared; empty if the SQL comes with each execution. */
    private final String prepared;

    /** @param arguments of the call that made the statement */
    WatchedStatement(Statement statement, Object[] arguments, List<WatchedConnection.Listener> listeners) {
        this.statement = statement;
        this.listeners = listeners;
        this.prepared = firstText(arguments);
    }

    private static String firstText(Object[] arguments) {
        return arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : "";
    }

    Object shownAs(Class<?> type) {
        Class<?> shown =
                List.of(CallableStatement.class, PreparedStatement.class).contains(type) ? type : Statement.class;
        return WatchedConnection.proxy(
                shown,
                (ignored, method, arguments) -> method.getName().startsWith("execute")
                        ? execute(method, arguments)
                        : WatchedConnection.call(statement, method, arguments));
    }

    private Object execute(Method method, Object[] arguments) throws Throwable {
        String sql = prepared.isEmpty() ? firstText(arguments) : prepared;
        for (WatchedConnection.Listener listener : listeners) {
            listener.before(statement);
        }
        try {
            Object result = WatchedConnection.call(statement, method, arguments);
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

    private long rows(Object result) throws SQLException {
        if (result instanceof Number number) {
            return number.longValue();
        }
        return result instanceof Boolean ? statement.getLargeUpdateCount() : -1;
    }
}
