package dev.lockkeeper.run.session;

import dev.lockkeeper.model.Event;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.postgres.Connector;
import dev.lockkeeper.postgres.SessionSettings;
import dev.lockkeeper.run.Run;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A second connection, to look on with. A run goes on without it where it can't be had. */
public final class Monitor implements AutoCloseable {
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(5);

    private final Run run;
    private final Connector connector;
    private @Nullable Connection connection;
    private long notBefore = System.nanoTime();
    private @Nullable Long silentSince;
    private boolean worked;
    private boolean told;

    Monitor(Run run, Connector connector) {
        this.run = run;
        this.connector = connector;
    }

    /** The connection, opened when it is first asked for, and again some time after it was lost. */
    public Optional<Connection> connection() {
        if (connection == null && System.nanoTime() - notBefore >= 0) {
            open();
        }
        return Optional.ofNullable(connection);
    }

    private void open() {
        try {
            Connection opened = connector.monitor();
            SessionSettings.applyToMonitor(opened);
            connection = opened;
            silentSince = null;
            worked = true;
        } catch (SQLException e) {
            broke(e);
        } catch (Failure e) {
            later(e.outcome().happened());
        }
    }

    /** A statement on it failed: where the connection is gone, another is tried later. */
    public void broke(SQLException e) {
        if (SqlStates.connectionLost(e.getSQLState())) {
            silentSince = silentSince == null && worked ? (Long) System.nanoTime() : silentSince;
            close();
        }
        later(String.valueOf(e.getMessage()));
    }

    private void later(String why) {
        notBefore = System.nanoTime() + BETWEEN_ATTEMPTS.toNanos();
        Event.Level level = worked || told ? Event.Level.DEBUG : Event.Level.WARN;
        told = true;
        run.events()
                .accept(new Event.Message(
                        level, "No second connection, so who is in the way can't be named for now: " + why));
    }

    /** For how long a server that did answer hasn't done so any more; a refusal is an answer. */
    public Duration silence() {
        return silentSince == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - silentSince);
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                later("closing it: " + e.getMessage());
            }
        }
    }
}
