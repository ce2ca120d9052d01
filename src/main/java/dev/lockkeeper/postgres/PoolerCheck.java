package dev.lockkeeper.postgres;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * Recognises a pooler in transaction mode, behind which a session's lock protects nothing: it lends one server session
 * to whichever client has a transaction open, so a second client in a transaction is given ours, or we another.
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
     * Compares backends while a second connection has a transaction open.
     *
     * @param backend our backend's process id, read earlier
     * @throws Failure if it is a transaction pooler
     * @throws SQLException if the second connection breaks, which says nothing about a pooler
     */
    public static void refuseTransactionPooler(Connection ours, int backend, Connection second)
            throws Failure, SQLException {
        second.setAutoCommit(false);
        try {
            if (pid(second) == backend || pid(ours) != backend) {
                throw new Failure(new Outcome.DatabaseUnusable(
                        "Between us and the server is a connection pooler in transaction mode: the migration lock and"
                                + " every SET would land in a session that others use too.",
                        "Connect to the database itself, or to a pool in session mode (RDS Proxy is fine: it pins)."));
            }
        } finally {
            second.rollback();
            second.setAutoCommit(true);
        }
    }

    private static int pid(Connection connection) throws SQLException {
        return Query.one(connection, "SELECT pg_backend_pid() AS pid", row -> row.number("pid"));
    }
}
