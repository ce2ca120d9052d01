package dev.lockkeeper.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What SQLSTATEs mean for a run. See https://www.postgresql.org/docs/current/errcodes-appendix.html */
public final class SqlStates {
    private static final Set<String> SERVER_WENT = Set.of("57P01", "57P02", "57P03", "57P05");

    /** lock_not_available, deadlock_detected, serialization_failure: the same again may well succeed. */
    private static final Set<String> WORTH_ANOTHER_TRY = Set.of("55P03", "40P01", "40001");

    /** What was sent couldn't be understood, a NUL byte in a text for one; the same again would fail again. */
    private static final String PROTOCOL_VIOLATION = "08P01";

    /** query_canceled: by us, by somebody else, or by statement_timeout. */
    private static final String CANCELLED = "57014";

    private SqlStates() {}

    /** The statement was ended from outside: it says nothing about the change set. */
    public static boolean interrupted(@Nullable String state) {
        return CANCELLED.equals(state) || inTheWay(state) || connectionLost(state);
    }

    /** Another transaction was in the way: a lock wasn't granted in time, a deadlock, a failure to serialize. */
    public static boolean inTheWay(@Nullable String state) {
        return state != null && WORTH_ANOTHER_TRY.contains(state);
    }

    /** The connection is gone: class 08, or the server ended the session. */
    public static boolean connectionLost(@Nullable String state) {
        return state != null
                && ((state.startsWith("08") && !PROTOCOL_VIOLATION.equals(state)) || SERVER_WENT.contains(state));
    }

    /** The server takes no changes (any more): a failover made it a replica, or it was set read-only. */
    public static boolean readOnly(@Nullable String state) {
        return "25006".equals(state);
    }
}
