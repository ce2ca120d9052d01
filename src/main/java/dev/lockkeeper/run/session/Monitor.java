package dev.lockkeeper.run.session;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.postgres.Connector;
import dev.lockkeeper.postgres.SessionSettings;
import dev.lockkeeper.time.Deadline;
import dev.lockkeeper.time.Stopwatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A second connection for observing the first. Optional: the run continues without it.
 *
 * <p>One thread at a time observes: the main thread before change sets run, the watch thread while they do. The main thread
 * closes the monitor, perhaps while the watch thread is still connecting. These two share the fields that are guarded by
 * this object's lock; all others belong to the observing thread.
 */
public final class Monitor implements AutoCloseable {
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(5);

    /** Opens a connection that is ready to use. */
    @FunctionalInterface
    interface Opening {
        Connection open() throws SQLException, Failure;
    }

    private final Consumer<Event> events;
    private final Opening opening;
    private @Nullable Connection connection;
    private boolean closed;
    private Deadline nextAttempt = Deadline.in(Duration.ZERO);
    private @Nullable Stopwatch silence;
    private boolean worked;
    private boolean reported;

    Monitor(Consumer<Event> events, Opening opening) {
        this.events = events;
        this.opening = opening;
    }

    /** A monitor that connects by the connector when it is first asked for its connection. */
    static Monitor of(Connector connector, Consumer<Event> events) {
        return new Monitor(events, () -> {
            Connection connection = connector.monitor();
            try {
                SessionSettings.applyToMonitor(connection);
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        });
    }

    /**
     * The connection, opened when it is first asked for, and again some time after it was lost; empty while there is none. The
     * observing thread logs in for it.
     */
    public Optional<Connection> connection() {
        if (lacksConnection() && nextAttempt.passed()) {
            connect();
        }
        return current();
    }

    private synchronized boolean lacksConnection() {
        return connection == null && !closed;
    }

    private synchronized Optional<Connection> current() {
        return Optional.ofNullable(connection);
    }

    private void connect() {
        try {
            keep(opening.open());
            silence = null;
            worked = true;
        } catch (SQLException e) {
            broke(e);
        } catch (Failure e) {
            tryLater(e.outcome().happened());
        }
    }

    /** If the monitor was closed while it was connecting, nobody else closes this connection. */
    private void keep(Connection opened) throws SQLException {
        synchronized (this) {
            if (!closed) {
                connection = opened;
                return;
            }
        }
        opened.close();
    }

    /** A statement on it failed. If the connection is lost, another one is opened after a pause. */
    public void broke(SQLException e) {
        if (SqlStates.connectionLost(e.getSQLState())) {
            if (silence == null && worked) {
                silence = Stopwatch.started();
            }
            drop();
        }
        tryLater(String.valueOf(e.getMessage()));
    }

    private void tryLater(String why) {
        nextAttempt = Deadline.in(BETWEEN_ATTEMPTS);
        Event.Level level = worked || reported ? Event.Level.DEBUG : Event.Level.WARN;
        reported = true;
        if (!isClosed()) {
            events.accept(new Event.Message(
                    level, "No second connection, so who is in the way can't be named for now: " + why));
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** For how long a server that answered before hasn't answered; a refusal is an answer too. */
    public Duration silence() {
        return silence == null ? Duration.ZERO : silence.elapsed();
    }

    /** Closes the connection for good; one that is being opened at the moment is closed as soon as it is open. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        drop();
    }

    private void drop() {
        Connection dropped;
        synchronized (this) {
            dropped = connection;
            connection = null;
        }
        try {
            if (dropped != null) {
                dropped.close();
            }
        } catch (SQLException e) {
            tryLater("closing it: " + e.getMessage());
        }
    }
}
