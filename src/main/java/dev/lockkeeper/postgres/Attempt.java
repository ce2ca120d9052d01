package dev.lockkeeper.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * One try to connect that can be given up: a server that takes the TCP connection and then says nothing would keep
 * pgjdbc waiting for ever.
 */
final class Attempt {
    /** sqlclient_unable_to_establish_sqlconnection. */
    private static final String NOT_ESTABLISHED = "08001";

    private static final long LOOK_MILLIS = 50;

    private final FutureTask<Connection> task;

    private Attempt(String url, Properties properties) {
        this.task = new FutureTask<>(() -> DriverManager.getConnection(url, properties));
        Thread thread = new Thread(task, "connect");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Connects.
     *
     * @param stopped asked again and again; true gives up
     * @throws SQLException as pgjdbc gives it, or 08001 where there was no answer in time
     */
    static Connection open(String url, Properties properties, Duration longest, BooleanSupplier stopped)
            throws SQLException {
        return new Attempt(url, properties).await(longest, stopped);
    }

    private Connection await(Duration longest, BooleanSupplier stopped) throws SQLException {
        long end = System.nanoTime() + longest.toNanos();
        try {
            while (System.nanoTime() < end && !stopped.getAsBoolean()) {
                try {
                    return task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    // Not yet.
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException sql) {
                throw sql;
            }
            throw new SQLException(String.valueOf(e.getCause()), NOT_ESTABLISHED, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        abandon();
        throw new SQLException("it takes connections but gives no answer", NOT_ESTABLISHED);
    }

    /** A connection that comes after all is closed by whom nobody waits for. */
    private void abandon() {
        Thread late = new Thread(
                () -> {
                    try {
                        task.get().close();
                    } catch (ExecutionException | CancellationException | SQLException e) {
                        return;
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "late connection");
        late.setDaemon(true);
        late.start();
    }
}
