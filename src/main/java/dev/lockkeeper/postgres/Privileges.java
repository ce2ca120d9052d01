package dev.lockkeeper.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What the user may do beyond its own objects. */
public final class Privileges {
    private static final String MISSING_TO_TERMINATE = """
            SELECT role FROM unnest(ARRAY['pg_signal_backend', 'pg_read_all_stats']) WITH ORDINALITY r (role, n)
            WHERE NOT pg_has_role(session_user, role, 'USAGE') ORDER BY n""";

    private Privileges() {}

    /** The predefined roles that the user lacks and that are needed to end other roles' sessions. */
    public static List<String> missingToTerminate(Connection connection) throws SQLException {
        return Query.list(connection, MISSING_TO_TERMINATE, row -> row.text("role"));
    }
}
