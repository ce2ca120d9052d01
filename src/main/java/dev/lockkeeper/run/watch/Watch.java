package dev.lockkeeper.run.watch;

import dev.lockkeeper.model.Blocker;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.postgres.Activity;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.session.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks at a session through a second connection while its change sets run, and cancels the running statement on a stop.
 * It has a thread of its own, the watch thread; the main thread creates it, closes it and asks for the last blockers.
 */
public final class Watch implements AutoCloseable {
    /** A short statement is over before the first look; a lock timeout of some hundred milliseconds isn't. */
    static final Duration TICK = Duration.ofMillis(100);

    /** A change set that runs for longer is looked at in every fifth tick only. */
    private static final Duration LONG = Duration.ofSeconds(5);

    private static final int SELDOM = 5;

    /** A look that hangs in a dead network ends by itself later; nobody has to wait for it. */
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);

    private final Run run;
    private final Session session;
    private final LastBlockers lastBlockers = new LastBlockers();
    private final SessionPulse pulse;
    private final List<Look> looks;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private boolean failureReported;

    /** Starts to observe. */
    public Watch(Run run, Session session) {
        this.run = run;
        this.session = session;
        this.pulse = new SessionPulse(session);
        this.looks = List.of(
                new BlockerWatch(run, session.facts(), lastBlockers),
                new ProgressTeller(run.events(), run.settings().report().terminal()));
        this.thread = new Thread(this::observe, "watch");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(run.stop()::died);
        thread.start();
    }

    /** Who was last seen in the way of the change set under way. */
    public List<Blocker> lastBlockers() {
        return lastBlockers.all();
    }

    private void observe() {
        try {
            for (long tick = 0; !closing.await(TICK.toMillis(), TimeUnit.MILLISECONDS); tick++) {
                Optional<Sight> underWay = underWay();
                if (underWay.isPresent() && isDue(underWay.get().elapsed(), tick)) {
                    look(underWay.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Sight> underWay() {
        Optional<ChangeSetInfo> current = run.underway().current();
        Duration elapsed = run.underway().elapsed();
        Optional<Long> batchRows = run.underway().batchRows();
        return current.map(changeSet -> Sight.of(changeSet, elapsed, batchRows));
    }

    /** Whether to look in this tick at a change set that has run for this long. */
    static boolean isDue(Duration elapsed, long tick) {
        return elapsed.compareTo(TICK) >= 0 && (elapsed.compareTo(LONG) < 0 || tick % SELDOM == 0);
    }

    private void look(Sight underWay) {
        try {
            Optional<Connection> monitor = session.monitor().connection();
            if (monitor.isEmpty()) {
                show(underWay);
            } else if (run.stop().requested()) {
                if (!run.stop().canceller().spares()) {
                    // In addition to the canceller, whose new connections may fail or reach another server.
                    Activity.cancel(monitor.get(), session.facts());
                }
            } else {
                show(underWay.with(monitor.get(), Activity.of(monitor.get(), session.facts())));
            }
        } catch (SQLException e) {
            session.monitor().broke(e);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** The run doesn't need what can be seen from here, and the next look may succeed. */
    private void failed(RuntimeException e) {
        if (!failureReported) {
            failureReported = true;
            run.warn("The second connection's observer failed (" + e
                    + "): blockers and progress may not be reported any more.");
        }
    }

    private void show(Sight sight) throws SQLException {
        if (pulse.look(sight)) {
            for (Look look : looks) {
                look.at(sight);
            }
        }
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
