package dev.lockkeeper.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;

/** A connection whose listeners are called around every execution of its statements. */
public final class WatchedConnection {
    private WatchedConnection() {}

    /** Is called on the thread that executes the statement. */
    public interface Listener {
        /** The statement is about to run. */
        void before(Statement statement);

        /** It has ended, whether it succeeded or failed. */
        void after(Statement statement);
    }

    /** Wraps a connection. The listeners are called in the order of the list, before and after. */
    public static Connection of(Connection connection, List<Listener> listeners) {
        List<Listener> all = List.copyOf(listeners);
        return proxy(Connection.class, (ignored, method, arguments) -> {
            Object result = call(connection, method, arguments);
            if (result instanceof Statement statement) {
                return watched(statement, method.getReturnType(), all);
            }
            return result;
        });
    }

    private static Object watched(Statement statement, Class<?> type, List<Listener> listeners) {
        Class<?> shown =
                List.of(CallableStatement.class, PreparedStatement.class).contains(type) ? type : Statement.class;
        return proxy(shown, (ignored, method, arguments) -> {
            if (!method.getName().startsWith("execute")) {
                return call(statement, method, arguments);
            }
            listeners.forEach(listener -> listener.before(statement));
            try {
                return call(statement, method, arguments);
            } finally {
                listeners.forEach(listener -> listener.after(statement));
            }
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(WatchedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
