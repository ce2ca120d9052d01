package dev.lockkeeper.postgres;

import dev.lockkeeper.model.Deadline;
import dev.lockkeeper.model.SqlStates;
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
     * @throws SQLException as pgjdbc gives it, or 08001 if there was no answer in time
     */
    static Connection open(String url, Properties properties, Duration longest, BooleanSupplier stopped)
            throws SQLException {
        return new Attempt(url, properties).await(longest, stopped);
    }

    private Connection await(Duration longest, BooleanSupplier stopped) throws SQLException {
        Deadline deadline = Deadline.in(longest);
        try {
            while (!deadline.passed() && !stopped.getAsBoolean()) {
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
            throw new SQLException(String.valueOf(e.getCause()), SqlStates.NO_CONNECTION, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        abandon();
        throw new SQLException("it takes connections but gives no answer", SqlStates.NO_CONNECTION);
    }

    /** A connection that is made after all is closed by a thread that nobody waits for. */
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
