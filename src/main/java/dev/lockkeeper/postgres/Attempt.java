package dev.lockkeeper.postgres;

import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.time.Deadline;
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
 * One attempt to connect that can be given up: pgjdbc would wait for ever for a server that accepts the TCP connection
 * and then doesn't answer.
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
     * @param stopped asked repeatedly; true gives up
     * @throws SQLException from pgjdbc, or with 08001 if there was no answer in time
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
                    // No answer yet.
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException sql) {
                throw sql;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new SQLException(String.valueOf(e.getCause()), SqlStates.NO_CONNECTION, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        abandon();
        throw new SQLException("it takes connections but gives no answer", SqlStates.NO_CONNECTION);
    }

    /** If the connection is made after all, a thread that nobody waits for closes it. */
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
