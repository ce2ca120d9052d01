package dev.lockkeeper.run.session;

import dev.lockkeeper.model.Blocker;
import dev.lockkeeper.model.Event;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.postgres.PoolerCheck;
import dev.lockkeeper.postgres.history.MigrationLock;
import dev.lockkeeper.postgres.history.PlainLiquibaseLock;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.settings.Durations;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Waits until we are the only runner: for the migration lock, and for a lock row that plain Liquibase set. */
public final class RunnerLock {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(10);

    private final Run run;
    private final Session session;
    private final MigrationLock lock;
    private final PlainLiquibaseLock stock;

    public RunnerLock(Run run, Session session) {
        this.run = run;
        this.session = session;
        this.lock = new MigrationLock(session.connection(), session.history());
        this.stock = new PlainLiquibaseLock(session.connection(), session.history());
    }

    /** Something that another may hold. */
    private interface Held {
        /** Who holds it; nobody means that we have it, or may go on. */
        List<String> by() throws SQLException;
    }

    /** Takes the lock for the rest of the session. */
    public void acquire() throws Failure, SQLException {
        refusePooler();
        long begun = System.nanoTime();
        try {
            awaitFree(begun, "the migration lock", this::tryLock, "");
            awaitFree(
                    begun,
                    "the lock row of plain Liquibase (DATABASECHANGELOGLOCK)",
                    this::stockHolder,
                    " If that app or task is long gone, clear the row with unlock --confirm.");
        } finally {
            Duration waited = Duration.ofNanos(System.nanoTime() - begun);
            run.tally().waited(waited.compareTo(PAUSE) < 0 ? Duration.ZERO : waited);
        }
    }

    /** A second connection that can't be had, or breaks, says nothing of a pooler and must not fail the run. */
    private void refusePooler() throws Failure, SQLException {
        if (!PoolerCheck.indirect(session.connection(), session.facts().backend())) {
            return;
        }
        Optional<Connection> second = session.monitor().connection();
        if (second.isEmpty()) {
            return;
        }
        try {
            PoolerCheck.refuseTransactionPooler(
                    session.connection(), session.facts().backend(), second.get());
        } catch (SQLException e) {
            session.monitor().broke(e);
        }
    }

    private List<String> tryLock() throws SQLException {
        if (lock.tryAcquire()) {
            return List.of();
        }
        List<String> holders =
                lock.holders().stream().map(MigrationLock.Holder::sentence).toList();
        return holders.isEmpty() ? List.of("a session that is just ending") : holders;
    }

    private List<String> stockHolder() throws SQLException {
        return stock.holder().map(List::of).orElse(List.of());
    }

    private void awaitFree(long begun, String what, Held held, String hint) throws Failure, SQLException {
        Duration longest = run.settings().limits().runnerWait();
        Duration sayAt = Duration.ZERO;
        for (List<String> holders = held.by(); !holders.isEmpty(); holders = held.by()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - begun);
            if (waited.compareTo(longest) >= 0) {
                throw new Failure(new Outcome.AnotherRunner(
                        "Another runner had " + what + " for longer than " + Durations.format(longest)
                                + " (LOCKKEEPER_WAIT): " + String.join("; ", holders) + ".",
                        "Wait for it and run again; unlock shows it." + hint));
            }
            if (waited.compareTo(sayAt) >= 0) {
                run.events()
                        .accept(new Event.LockWaiting(
                                what, holders.stream().map(Blocker::described).toList(), waited, null));
                sayAt = waited.plus(SAY_AGAIN);
            }
            run.stop().pause(PAUSE);
            run.stop().check();
        }
    }
}
