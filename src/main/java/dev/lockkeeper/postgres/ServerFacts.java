package dev.lockkeeper.postgres;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the server says about itself and our session.
 *
 * @param version such as 17.2
 * @param user the user whose rights count, after SET ROLE
 * @param sessionUser the user who logged in
 * @param schema the schema in which unqualified names are created
 * @param backend our backend's process id
 */
public record ServerFacts(
        String version,
        int majorVersion,
        boolean readOnly,
        boolean replica,
        String user,
        String sessionUser,
        String schema,
        int backend) {
    /** The first version that notices a dead client while a statement runs. */
    public static final int NOTICES_DEAD_CLIENTS = 14;

    private static final int PER_MAJOR = 10_000;

    private static final String ASK = """
            SELECT current_setting('server_version'), current_setting('server_version_num')::int,
                   current_setting('transaction_read_only')::boolean, pg_is_in_recovery(),
                   current_user, session_user, current_schema(), pg_backend_pid()""";

    /** Asks, in one round trip. */
    public static ServerFacts read(Connection connection) throws SQLException, Failure {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(ASK)) {
            row.next();
            return new ServerFacts(
                    row.getString(1),
                    row.getInt(2) / PER_MAJOR,
                    row.getBoolean(3),
                    row.getBoolean(4),
                    row.getString(5),
                    row.getString(6),
                    schema(row.getString(7)),
                    row.getInt(8));
        }
    }

    private static String schema(@Nullable String current) throws Failure {
        if (current == null) {
            throw new Failure(new Refused.DatabaseUnusable(
                    "The search path names no schema that exists (or that this user may use), so new tables would have"
                            + " no place.",
                    "Name one by LOCKKEEPER_SCHEMA, or correct the role's search_path."));
        }
        if (current.startsWith("pg_") || current.equals("information_schema")) {
            throw new Failure(new Refused.DatabaseUnusable(
                    "The search path begins with " + current + ", where no tables of yours belong.",
                    "Name your schema by LOCKKEEPER_SCHEMA, or correct the role's search_path."));
        }
        return current;
    }
}
