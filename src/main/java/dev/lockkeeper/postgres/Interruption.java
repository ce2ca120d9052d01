package dev.lockkeeper.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Ends what another thread's connection is doing. */
public final class Interruption {
    private Interruption() {}

    /** Asks the server to cancel the running statement (57014 there); does nothing if none runs. */
    public static void cancel(Connection connection) {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException e) {
            // The server can't be reached or the connection is gone: the caller tries again, and then aborts.
            return;
        }
    }

    /** Closes the connection without the server's help. */
    public static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is closed already, which is what was wanted.
            return;
        }
    }
}
