package dev.lockkeeper.run.session;

import dev.lockkeeper.model.Blocker;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.event.ConnectionEvent;
import dev.lockkeeper.postgres.history.MigrationLock;
import dev.lockkeeper.postgres.history.PlainLiquibaseLock;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.text.Elapsed;
import dev.lockkeeper.time.Stopwatch;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Waits until we are the only runner: for the migration lock, and for a lock row that plain Liquibase set. */
public final class RunnerLock {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(10);

    private final Run run;
    private final Session session;
    private final MigrationLock lock;
    private final PlainLiquibaseLock plain;

    public RunnerLock(Run run, Session session) {
        this.run = run;
        this.session = session;
        this.lock = new MigrationLock(session.connection(), session.history());
        this.plain = new PlainLiquibaseLock(session.connection(), session.history());
    }

    /** Something that another may hold. */
    private interface Held {
        /** Who holds it; nobody if we have it, or may continue. */
        List<Blocker> by() throws SQLException;
    }

    /** Takes the lock for the rest of the session. */
    public void acquire() throws Failure, SQLException {
        Requirement.requireAll(List.of(Requirement.OWN_SERVER_SESSION), run, session);
        Stopwatch waiting = Stopwatch.started();
        try {
            awaitFree(waiting, "the migration lock", this::tryLock, "");
            awaitFree(
                    waiting,
                    "the lock row of plain Liquibase (DATABASECHANGELOGLOCK)",
                    this::plainHolder,
                    " If that app or task is long gone, clear the row with unlock --confirm.");
        } finally {
            Duration waited = waiting.elapsed();
            run.tally().waited(waited.compareTo(PAUSE) < 0 ? Duration.ZERO : waited);
        }
    }

    private List<Blocker> tryLock() throws SQLException {
        if (lock.tryAcquire()) {
            return List.of();
        }
        List<Blocker> holders = lock.holders();
        return holders.isEmpty() ? List.of(Blocker.described("a session that is ending")) : holders;
    }

    private List<Blocker> plainHolder() throws SQLException {
        return plain.holder().map(Blocker::described).map(List::of).orElse(List.of());
    }

    private void awaitFree(Stopwatch waiting, String what, Held held, String hint) throws Failure, SQLException {
        Duration longest = run.settings().limits().runnerWait();
        Duration sayAt = Duration.ZERO;
        for (List<Blocker> holders = held.by(); !holders.isEmpty(); holders = held.by()) {
            Duration waited = waiting.elapsed();
            if (waited.compareTo(longest) >= 0) {
                throw new Failure(new Refused.AnotherRunner(
                        "Another runner had " + what + " for longer than " + Elapsed.text(longest)
                                + " (LOCKKEEPER_WAIT): "
                                + holders.stream().map(Blocker::sentence).collect(Collectors.joining("; ")) + ".",
                        "Wait for it and run again; unlock shows it." + hint));
            }
            if (waited.compareTo(sayAt) >= 0) {
                run.events().accept(new ConnectionEvent.LockWaiting(what, holders, waited, Optional.empty()));
                sayAt = waited.plus(SAY_AGAIN);
            }
            run.stop().pause(PAUSE);
            run.stop().check();
        }
    }
}
