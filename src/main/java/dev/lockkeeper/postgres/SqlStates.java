package dev.lockkeeper.postgres;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What SQLSTATEs mean for a run. See https://www.postgresql.org/docs/current/errcodes-appendix.html */
public final class SqlStates {
    private static final Set<String> SERVER_WENT = Set.of("57P01", "57P02", "57P03", "57P05");

    private SqlStates() {}

    /** A lock wasn't granted within lock_timeout. */
    public static boolean lockNotGranted(@Nullable String state) {
        return "55P03".equals(state);
    }

    /** The connection is gone: class 08, or the server ended the session. */
    public static boolean connectionLost(@Nullable String state) {
        return state != null && (state.startsWith("08") || SERVER_WENT.contains(state));
    }
}
