package dev.lockkeeper.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's SQLSTATEs by name, and what they mean for a run. See
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
public final class SqlStates {
    /** sqlclient_unable_to_establish_sqlconnection. */
    public static final String NO_CONNECTION = "08001";

    /** connection_failure. */
    public static final String CONNECTION_FAILURE = "08006";

    /** protocol_violation: the server couldn't read the message, such as a text with a NUL byte. Repeating it fails again. */
    public static final String PROTOCOL_VIOLATION = "08P01";

    /** read_only_sql_transaction. */
    public static final String READ_ONLY = "25006";

    /** invalid_transaction_termination: a procedure or DO block commits, and its caller's transaction can't be ended. */
    public static final String COMMIT_REFUSED = "2D000";

    /** invalid_authorization_specification. */
    public static final String INVALID_AUTHORIZATION = "28000";

    /** invalid_password. */
    public static final String INVALID_PASSWORD = "28P01";

    /** invalid_catalog_name. */
    public static final String NO_SUCH_DATABASE = "3D000";

    /** serialization_failure. */
    public static final String SERIALIZATION_FAILURE = "40001";

    /** deadlock_detected. */
    public static final String DEADLOCK_DETECTED = "40P01";

    /** insufficient_privilege. */
    public static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** duplicate_object. */
    public static final String DUPLICATE_OBJECT = "42710";

    /** duplicate_database. */
    public static final String DUPLICATE_DATABASE = "42P04";

    /** duplicate_table, which PostgreSQL also reports for an index. */
    public static final String DUPLICATE_TABLE = "42P07";

    /** program_limit_exceeded. */
    public static final String PROGRAM_LIMIT_EXCEEDED = "54000";

    /** object_not_in_prerequisite_state. */
    public static final String OBJECT_NOT_READY = "55000";

    /** object_in_use. */
    public static final String OBJECT_IN_USE = "55006";

    /** lock_not_available. */
    public static final String LOCK_NOT_AVAILABLE = "55P03";

    /** query_canceled: by us, by somebody else, or by statement_timeout. */
    public static final String QUERY_CANCELED = "57014";

    /** admin_shutdown, crash_shutdown, cannot_connect_now, idle_session_timeout. */
    private static final Set<String> SESSION_ENDED = Set.of("57P01", "57P02", "57P03", "57P05");

    /** too_many_connections, admin_shutdown, crash_shutdown, cannot_connect_now. */
    private static final Set<String> NOT_READY = Set.of("53300", "57P01", "57P02", "57P03");

    private static final Set<String> IN_THE_WAY = Set.of(LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED, SERIALIZATION_FAILURE);

    private static final String WARNING_CLASS = "01";
    /** syntax_error, undefined_column, undefined_table, duplicate_table, undefined_object, duplicate_object. */
    private static final Set<String> REFUSED_AT_ONCE =
            Set.of("42601", "42703", "42P01", DUPLICATE_TABLE, "42704", "42710");

    private static final String CONNECTION_CLASS = "08";
    private static final String RESOURCES_CLASS = "53";

    private SqlStates() {}

    /** A warning (class 01); a warning may have an SQLSTATE of another class too. */
    public static boolean warning(@Nullable String state) {
        return state != null && state.startsWith(WARNING_CLASS);
    }

    /** The statement was ended from outside: it says nothing about the change set. */
    public static boolean interrupted(@Nullable String state) {
        return stopped(state) || connectionLost(state);
    }

    /** The same, without the end of the session. */
    public static boolean stopped(@Nullable String state) {
        return QUERY_CANCELED.equals(state) || inTheWay(state);
    }

    /**
     * Another transaction was in the way: a lock wasn't granted in time, a deadlock, a failure to serialize. The same
     * statement may succeed later.
     */
    public static boolean inTheWay(@Nullable String state) {
        return state != null && IN_THE_WAY.contains(state);
    }

    /**
     * Class 08, or the server ended the session. For an error of our own statements that means that the connection is gone;
     * SQL of a change set may have raised it itself, so there the session has to be asked.
     */
    public static boolean connectionLost(@Nullable String state) {
        return state != null
                && ((state.startsWith(CONNECTION_CLASS) && !PROTOCOL_VIOLATION.equals(state))
                        || SESSION_ENDED.contains(state));
    }

    /** The server lets nobody in for now: it is starting or stopping, or has no connection left. */
    public static boolean notReady(@Nullable String state) {
        return state != null && NOT_READY.contains(state);
    }

    /** The server accepts no changes: a failover made it a replica, or it was set to read-only. */
    public static boolean readOnly(@Nullable String state) {
        return READ_ONLY.equals(state);
    }

    /** The statement was refused as it is written, before it did anything. */
    public static boolean refusedAtOnce(@Nullable String state) {
        return state != null && REFUSED_AT_ONCE.contains(state);
    }

    /** The server lacks a resource: disk, memory, connections (class 53). */
    public static boolean outOfResources(@Nullable String state) {
        return state != null && state.startsWith(RESOURCES_CLASS);
    }
}
