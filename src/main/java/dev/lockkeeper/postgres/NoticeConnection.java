package dev.lockkeeper.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;

/** A connection whose statements are watched for the server's notices while they run. */
public final class NoticeConnection {
    private NoticeConnection() {}

    /** Wraps a connection; every execute of its statements goes through {@code poller}. */
    public static Connection of(Connection connection, NoticePoller poller) {
        return proxy(Connection.class, (ignored, method, arguments) -> {
            Object result = call(connection, method, arguments);
            if (result instanceof Statement statement) {
                return watched(statement, method.getReturnType(), poller);
            }
            return result;
        });
    }

    private static Object watched(Statement statement, Class<?> type, NoticePoller poller) {
        Class<?> shown =
                List.of(CallableStatement.class, PreparedStatement.class).contains(type) ? type : Statement.class;
        return proxy(shown, (ignored, method, arguments) -> {
            if (!method.getName().startsWith("execute")) {
                return call(statement, method, arguments);
            }
            poller.watch(statement);
            try {
                return call(statement, method, arguments);
            } finally {
                poller.unwatch(statement);
            }
        });
    }

    private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(NoticeConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
