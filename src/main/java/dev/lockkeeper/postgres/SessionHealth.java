package dev.lockkeeper.postgres;

import dev.lockkeeper.model.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a session can still be used after an error. The SQLSTATE alone doesn't tell: a change set's own SQL raises class 08
 * when a foreign server is down, and 25006 after SET TRANSACTION READ ONLY.
 */
public final class SessionHealth {
    private static final int ANSWER_SECONDS = 5;

    /** What RESET would give: a SET of the session itself doesn't count. */
    private static final String TAKES_NO_CHANGES = """
            SELECT pg_is_in_recovery() OR coalesce((SELECT reset_val = 'on' FROM pg_settings
                                                    WHERE name = 'default_transaction_read_only'), false) AS read_only""";

    private SessionHealth() {}

    /**
     * Whether the error means that another connection is needed: the session has ended, or its server accepts no changes any
     * more. Asks the session, if the SQLSTATE says that this may be so; an open transaction is then rolled back.
     */
    public static boolean gone(Connection connection, @Nullable String sqlState) {
        if (SqlStates.readOnly(sqlState)) {
            return !takesChanges(connection);
        }
        return SqlStates.connectionLost(sqlState) && !answers(connection);
    }

    private static boolean answers(Connection connection) {
        try {
            if (connection.isValid(ANSWER_SECONDS)) {
                return true;
            }
        } catch (SQLException e) {
            // Not valid either.
        }
        Interruption.abort(connection);
        return false;
    }

    private static boolean takesChanges(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return !Query.one(connection, TAKES_NO_CHANGES, row -> row.flag("read_only"));
        } catch (SQLException e) {
            return false;
        }
    }
}
