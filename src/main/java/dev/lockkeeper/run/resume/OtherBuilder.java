package dev.lockkeeper.run.resume;

import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.time.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits while another session may be building an index: it is INVALID until then, and dropping it would end in a deadlock.
 */
final class OtherBuilder {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private OtherBuilder() {}

    /** Looks for such a session. */
    interface Look {
        /** The index and the session's pid; empty if nobody builds it. */
        Optional<Seen> seen() throws SQLException;
    }

    /** An index that may be somebody else's work under way. */
    record Seen(String index, int pid) {}

    /**
     * Returns once nobody is seen.
     *
     * @throws SQLException of class 55 if somebody still is after the time to wait for another runner
     */
    static void await(Run run, Look look) throws SQLException {
        Deadline deadline = Deadline.in(run.settings().limits().runnerWait());
        boolean said = false;
        for (Optional<Seen> seen = look.seen(); seen.isPresent(); seen = look.seen()) {
            String who = "the index " + seen.get().index() + " is INVALID, and pid "
                    + seen.get().pid() + ", which isn't ours, may be building it right now";
            if (deadline.passed()) {
                throw new SQLException(who + ": wait for that session, or end it", SqlStates.OBJECT_IN_USE);
            }
            if (!said) {
                run.warn("Waiting: " + who + ".");
                said = true;
            }
            run.stop().pause(LOOK_AGAIN);
            run.stop().check();
        }
    }
}
