package dev.lockkeeper.postgres;

import dev.lockkeeper.settings.LimitSettings;
import dev.lockkeeper.sql.Identifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of our sessions. They override whatever a role or parameter group presets, so that nothing kills a run
 * and a dead runner's session ends by itself. They are made by SET after connecting, since poolers refuse start-up
 * options.
 */
public final class SessionSettings {
    private static final int VERSION_14 = 14;
    private static final int VERSION_17 = 17;

    private SessionSettings() {}

    /** Sets them all in one round trip. */
    public static void apply(Connection connection, LimitSettings limits) throws SQLException {
        execute(connection, sql(connection.getMetaData().getDatabaseMajorVersion(), limits));
    }

    /**
     * Sets them again, after a change set that may have set something else, and the role: the given one, or the one that the
     * session began with. The search path is left as it is: change sets may count on what an earlier one made of it, as they
     * can with plain Liquibase.
     *
     * @return that search path; all of this in one round trip
     */
    public static String restore(Connection connection, LimitSettings limits, Optional<String> role)
            throws SQLException {
        String ours = sql(connection.getMetaData().getDatabaseMajorVersion(), limits);
        String setRole = role.map(name -> "SET ROLE " + Identifier.quote(name)).orElse("RESET ROLE");
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute("RESET SESSION AUTHORIZATION;" + setRole
                    + ";RESET default_transaction_read_only;" + ours + "SELECT current_setting('search_path')");
            while (!rows) {
                rows = statement.getMoreResults();
            }
            try (ResultSet path = statement.getResultSet()) {
                path.next();
                return path.getString(1);
            }
        }
    }

    /** By the server's own guard: it refuses even what we write by mistake. */
    public static void forbidWriting(Connection connection) throws SQLException {
        execute(connection, "SET default_transaction_read_only = on");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What a connection needs that only observes: short timeouts, and no presets that end it while it is idle. */
    public static void applyToMonitor(Connection monitor) throws SQLException {
        StringBuilder sql = new StringBuilder();
        set(sql, "lock_timeout", "1000");
        set(sql, "statement_timeout", "4000");
        set(sql, "idle_in_transaction_session_timeout", "0");
        set(sql, "default_transaction_isolation", "'read committed'");
        if (monitor.getMetaData().getDatabaseMajorVersion() >= VERSION_14) {
            set(sql, "idle_session_timeout", "0");
        }
        execute(monitor, sql.toString());
    }

    private static String sql(int version, LimitSettings limits) {
        StringBuilder sql = new StringBuilder();
        set(sql, "application_name", "'lockkeeper'");
        set(sql, "client_min_messages", "'notice'");
        // Another one holds for a change set that has its own (ChangeExecution), and outside a transaction
        // (run.resume).
        set(sql, "lock_timeout", millis(limits.lockTimeout()));
        set(sql, "statement_timeout", millis(limits.statementTimeout().orElse(Duration.ZERO)));
        set(sql, "idle_in_transaction_session_timeout", "0");
        set(sql, "tcp_keepalives_idle", "10");
        set(sql, "tcp_keepalives_interval", "5");
        set(sql, "tcp_keepalives_count", "3");
        set(sql, "tcp_user_timeout", "20000");
        if (version >= VERSION_14) {
            set(sql, "idle_session_timeout", "0");
            set(sql, "client_connection_check_interval", "1000");
        }
        if (version >= VERSION_17) {
            set(sql, "transaction_timeout", "0");
        }
        return sql.toString();
    }

    private static void set(StringBuilder sql, String name, String value) {
        sql.append("SET ").append(name).append(" = ").append(value).append(';');
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
