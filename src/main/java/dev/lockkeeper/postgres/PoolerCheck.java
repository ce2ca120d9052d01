package dev.lockkeeper.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * Recognises a pooler in transaction mode, behind which a session's lock protects nothing: it lends one server session
 * to one client after the other, so a second client in a transaction is given ours, or we another.
 */
public final class PoolerCheck {
    private PoolerCheck() {}

    /**
     * Whether there is a pooler between us and the server: one that lends server sessions must give its clients
     * cancel keys of its own, so the process id given at login isn't the backend's. Costs no round trip.
     *
     * @param backend our backend's process id, as the server reports it
     */
    public static boolean indirect(Connection ours, int backend) throws SQLException {
        return ours.unwrap(PGConnection.class).getBackendPID() != backend;
    }

    /**
     * Whether the pooler lends one server session to several clients: compares backends while a second connection has a
     * transaction open.
     *
     * @param backend our backend's process id, read earlier
     * @throws SQLException if the second connection breaks, which says nothing about a pooler
     */
    public static boolean sharesSessions(Connection ours, int backend, Connection second) throws SQLException {
        second.setAutoCommit(false);
        try {
            return pid(second) == backend || pid(ours) != backend;
        } finally {
            second.rollback();
            second.setAutoCommit(true);
        }
    }

    private static int pid(Connection connection) throws SQLException {
        return Query.one(connection, "SELECT pg_backend_pid() AS pid", row -> row.number("pid"));
    }
}
