package dev.lockkeeper.run.watch;

import dev.lockkeeper.model.Blocker;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.event.ConnectionEvent;
import dev.lockkeeper.postgres.Blockers;
import dev.lockkeeper.postgres.ServerFacts;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.time.Stopwatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names the sessions that keep the change set under way waiting for a lock. Only the watch thread uses it; what others
 * may read is in {@link LastBlockers}.
 */
final class BlockerWatch implements Look {
    private static final Duration SAY_AGAIN = Duration.ofSeconds(10);

    private final Run run;
    private final ServerFacts session;
    private final LastBlockers last;
    private final IdleBlockers idle;
    private final Stopwatch clock = Stopwatch.started();
    private final Repetition repetition = new Repetition(SAY_AGAIN);
    private @Nullable ChangeSetId watched;
    private @Nullable Stopwatch waiting;
    private boolean hintGiven;

    BlockerWatch(Run run, ServerFacts session, LastBlockers last) {
        this.run = run;
        this.session = session;
        this.last = last;
        this.idle = new IdleBlockers(run, session);
    }

    @Override
    public void at(Sight sight) throws SQLException {
        begin(sight.changeSet().id());
        if (sight.waitsForLock() && sight.monitor().isPresent()) {
            blocked(sight.changeSet(), sight.monitor().get());
        } else if (sight.monitor().isPresent()) {
            waiting = null;
        }
    }

    /** If another change set has begun, it no longer matters who was in the way of the one before. */
    private void begin(ChangeSetId changeSet) {
        if (!changeSet.equals(watched)) {
            watched = changeSet;
            waiting = null;
            repetition.forget();
            last.forget();
        }
    }

    private void blocked(ChangeSetInfo changeSet, Connection monitor) throws SQLException {
        Optional<Blockers> found = Blockers.of(monitor, session.backend());
        if (found.isEmpty() || found.get().all().isEmpty()) {
            return;
        }
        Blockers blockers = found.get();
        last.remember(blockers.all());
        Duration waited = waited();
        String who =
                blockers.wanted() + blockers.all().stream().map(Blocker::who).toList();
        if (repetition.due(who, clock.elapsed())) {
            run.events()
                    .accept(new ConnectionEvent.LockWaiting(
                            blockers.wanted(), blockers.all(), waited, Optional.of(changeSet)));
            hint(blockers);
        }
        idle.end(monitor);
    }

    /** The waiting began up to a tick before it was first seen. */
    private Duration waited() {
        if (waiting == null) {
            waiting = Stopwatch.started();
        }
        return waiting.elapsed().plus(Watch.TICK);
    }

    private void hint(Blockers blockers) {
        if (blockers.hidden() && !hintGiven) {
            hintGiven = true;
            run.say("State, age and query of other roles' sessions are hidden from this user; GRANT pg_read_all_stats"
                    + " TO \"" + session.sessionUser() + "\" shows them.");
        }
    }
}
