package dev.lockkeeper.run.watch;

import dev.lockkeeper.postgres.Activity;
import dev.lockkeeper.postgres.Interruption;
import dev.lockkeeper.run.session.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the session has ended although its connection looks alive, and closes the connection so that nobody
 * waits for an answer. Only the watch thread uses it.
 */
final class SessionPulse {
    /**
     * If a server answered before and then doesn't for this long, it can't be reached, and neither can our session: no
     * keepalive probe is sent while data is unacknowledged, and the system would go on trying for a quarter of an hour.
     */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

    private final Session session;

    /** When the session began, as first seen: the server reuses process ids. */
    private @Nullable String begun;

    SessionPulse(Session session) {
        this.session = session;
    }

    /** Returns false if the session has ended: the sight then isn't of our session. */
    boolean look(Sight sight) {
        if (sight.activity().isEmpty()) {
            abortIfSilent();
            return true;
        }
        if (isOurs(sight.activity().get())) {
            return true;
        }
        // The answer that ended the session never reached us: don't wait for it.
        Interruption.abort(session.connection());
        return false;
    }

    private boolean isOurs(Activity activity) {
        String seen = activity.begun().orElse(null);
        if (begun == null) {
            begun = seen;
        }
        return begun == null || begun.equals(seen);
    }

    private void abortIfSilent() {
        if (session.monitor().silence().compareTo(LONGEST_SILENCE) > 0) {
            Interruption.abort(session.connection());
        }
    }
}
