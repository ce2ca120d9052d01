package dev.lockkeeper.postgres.execution;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection whose listeners are called around each execution of its statements, and at the end of its transactions. */
public final class WatchedConnection {
    private WatchedConnection() {}

    /** Is called on the thread that executes the statement. */
    public interface Listener {
        /** The statement is about to run. */
        default void before(Statement statement) throws SQLException {}

        /** It has ended, successfully or not. */
        default void after(Statement statement) {}

        /**
         * SQL was executed.
         *
         * @param rows how many rows it changed, less than 0 if the server doesn't say
         */
        default void succeeded(String sql, long rows) {}

        /** SQL failed. */
        default void failed(String sql, SQLException error) throws SQLException {}

        /** A commit was asked for; {@code heard} is false if the connection broke before the answer. */
        default void committed(boolean heard) {}

        /** The transaction was rolled back, on request or because its commit failed. */
        default void rolledBack() {}
    }

    /** Wraps a connection. The listeners are called in the order of the list, before and after. */
    public static Connection of(Connection connection, List<Listener> listeners) {
        List<Listener> all = List.copyOf(listeners);
        return proxy(Connection.class, (ignored, method, arguments) -> {
            String name = method.getName();
            boolean commits = name.equals("commit") || (name.equals("setAutoCommit") && !connection.getAutoCommit());
            if (commits || (name.equals("rollback") && arguments == null)) {
                return end(connection, method, arguments, commits, all);
            }
            Object result = call(connection, method, arguments);
            if (result instanceof Statement statement) {
                return new WatchedStatement(statement, arguments, all).shownAs(method.getReturnType());
            }
            return result;
        });
    }

    private static Object end(
            Connection connection, Method method, Object @Nullable [] arguments, boolean commits, List<Listener> all)
            throws Throwable {
        boolean heard = false;
        boolean succeeded = false;
        try {
            Object result = call(connection, method, arguments);
            succeeded = true;
            return result;
        } finally {
            heard = succeeded || !connection.isClosed();
            for (Listener listener : all) {
                if (commits && (succeeded || !heard)) {
                    listener.committed(heard);
                } else {
                    listener.rolledBack();
                }
            }
        }
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(WatchedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    static Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
