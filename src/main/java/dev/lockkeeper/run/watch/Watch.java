package dev.lockkeeper.run.watch;

import dev.lockkeeper.model.Blocker;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Event;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.postgres.Activity;
import dev.lockkeeper.postgres.Blockers;
import dev.lockkeeper.postgres.Interruption;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.session.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks on while change sets run, through a second connection: names who keeps us waiting, tells how far a long
 * statement is, cancels on a stop, and notices where the session is gone though nobody told us.
 */
public final class Watch implements AutoCloseable {
    /** A short statement is over before the first look; a lock timeout of some hundred milliseconds isn't. */
    private static final Duration TICK = Duration.ofMillis(100);

    private static final int SELDOM = 5;
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(10);

    /**
     * A server that answered before and then answers nothing for this long is out of reach, and so is our session: no
     * keepalive runs while data is unacknowledged, and the system would try for a quarter of an hour.
     */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

    /** A look that hangs in a dead network ends by itself later; nobody has to wait for it. */
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);

    private final Run run;
    private final Session session;
    private final ProgressPace pace;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private List<Blocker> lastBlockers = List.of();
    private Optional<String> begun = Optional.empty();
    private @Nullable ChangeSetId watched;
    private @Nullable String told;
    private long waitingSince;
    private long toldAt;
    private boolean hintGiven;
    private boolean refusalTold;

    public Watch(Run run, Session session) {
        this.run = run;
        this.session = session;
        this.pace = new ProgressPace(run.settings().report().terminal());
        this.thread = new Thread(this::lookOn, "watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** Who was last seen in the way of the change set under way. */
    public synchronized List<Blocker> lastBlockers() {
        return lastBlockers;
    }

    /** Another change set begins: who was in the way of the last one doesn't matter any more. */
    private synchronized void forget(ChangeSetId current) {
        if (!current.equals(watched)) {
            watched = current;
            lastBlockers = List.of();
            told = null;
            waitingSince = 0;
        }
    }

    private void lookOn() {
        try {
            for (long tick = 0; !closing.await(TICK.toMillis(), TimeUnit.MILLISECONDS); tick++) {
                Optional<ChangeSetInfo> current = run.underway().current();
                Duration elapsed = run.underway().elapsed();
                boolean due = elapsed.compareTo(LONG) < 0 || tick % SELDOM == 0;
                if (current.isPresent() && elapsed.compareTo(TICK) >= 0 && due) {
                    look(current.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(ChangeSetInfo current) {
        forget(current.id());
        Optional<Connection> monitor = session.monitor().connection();
        if (monitor.isEmpty()) {
            abortWhereSilent();
            pace.due(run.underway().elapsed()).ifPresent(elapsed -> tell(current, elapsed, Optional.empty()));
            return;
        }
        try {
            look(current, monitor.get());
        } catch (SQLException e) {
            session.monitor().broke(e);
        }
    }

    private void look(ChangeSetInfo current, Connection monitor) throws SQLException {
        if (run.stop().requested()) {
            Activity.cancel(monitor, session.facts());
            return;
        }
        Activity activity = Activity.of(monitor, session.facts());
        if (ended(activity)) {
            // The answer that ended the session never reached us: don't wait for it.
            Interruption.abort(session.connection());
        } else if (activity.waitsForLock()) {
            blocked(current, monitor);
        } else {
            free();
            pace.due(run.underway().elapsed()).ifPresent(elapsed -> tell(current, elapsed, Optional.of(activity)));
        }
    }

    private boolean ended(Activity activity) {
        if (begun.isEmpty()) {
            begun = activity.begun();
        }
        return !begun.equals(activity.begun());
    }

    private void abortWhereSilent() {
        if (session.monitor().silence().compareTo(LONGEST_SILENCE) > 0) {
            Interruption.abort(session.connection());
        }
    }

    private void tell(ChangeSetInfo current, Duration elapsed, Optional<Activity> activity) {
        run.events()
                .accept(new Event.Progress(
                        current.id(),
                        elapsed,
                        activity.flatMap(Activity::phase),
                        activity.flatMap(Activity::percent),
                        run.underway().batchRows()));
    }

    private void blocked(ChangeSetInfo current, Connection monitor) throws SQLException {
        Optional<Blockers> found = Blockers.of(monitor, session.facts().backend());
        if (found.isEmpty() || found.get().all().isEmpty()) {
            return;
        }
        Blockers blockers = found.get();
        waited();
        remember(blockers.all());
        String who = current.id()
                + blockers.wanted()
                + blockers.all().stream().map(Blocker::who).toList();
        if (!who.equals(told) || System.nanoTime() - toldAt > SAY_AGAIN.toNanos()) {
            told = who;
            toldAt = System.nanoTime();
            say(current.id(), blockers);
        }
        if (run.settings().limits().terminateIdleBlockers().isPresent()) {
            terminate(monitor, run.settings().limits().terminateIdleBlockers().get());
        }
    }

    private void say(ChangeSetId changeSet, Blockers blockers) {
        run.events().accept(new Event.LockWaiting(blockers.wanted(), blockers.all(), waited(), changeSet));
        if (blockers.hidden() && !hintGiven) {
            hintGiven = true;
            run.say("State, age and query of other roles' sessions are hidden from this user; GRANT pg_read_all_stats"
                    + " TO \"" + session.facts().sessionUser() + "\" shows them.");
        }
    }

    private void terminate(Connection monitor, Duration longerThan) throws SQLException {
        List<Integer> ended = List.of();
        try {
            ended = Blockers.terminateIdle(monitor, session.facts().backend(), longerThan);
        } catch (SQLException e) {
            if (SqlStates.connectionLost(e.getSQLState()) || refusalTold) {
                throw e;
            }
            refusalTold = true;
            run.warn("A session that keeps us waiting can't be ended: " + e.getMessage());
        }
        for (int pid : ended) {
            run.warn("Ended the session of pid " + pid + ", which kept us waiting and had been idle in its transaction"
                    + " for too long (LOCKKEEPER_TERMINATE_BLOCKERS_IDLE_IN_TRANSACTION).");
        }
    }

    private synchronized void remember(List<Blocker> blockers) {
        lastBlockers = blockers;
    }

    private Duration waited() {
        waitingSince = waitingSince == 0 ? System.nanoTime() - TICK.toNanos() : waitingSince;
        return Duration.ofNanos(System.nanoTime() - waitingSince);
    }

    private void free() {
        waitingSince = 0;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(LONGEST_GOODBYE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
