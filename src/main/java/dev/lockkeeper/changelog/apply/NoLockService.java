package dev.lockkeeper.changelog.apply;

import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.lockservice.DatabaseChangeLogLock;
import liquibase.lockservice.LockService;

/**
 * Replaces Liquibase's lock row: our session holds the advisory migration lock before Liquibase begins, and a row would
 * outlive a killed task. Found by Liquibase through the service loader.
 */
public final class NoLockService implements LockService {
    private static final int ABOVE_STOCK = 1_000;

    private boolean held;

    @Override
    public int getPriority() {
        return ABOVE_STOCK;
    }

    @Override
    public boolean supports(Database database) {
        return database instanceof PostgresDatabase;
    }

    @Override
    public void setDatabase(Database database) {
        // Nothing to do: the lock isn't in a table.
    }

    @Override
    public void setChangeLogLockWaitTime(long minutes) {
        // Waiting happens before Liquibase begins.
    }

    @Override
    public void setChangeLogLockRecheckTime(long seconds) {
        // Waiting happens before Liquibase begins.
    }

    @Override
    public boolean hasChangeLogLock() {
        return held;
    }

    @Override
    public void waitForLock() {
        held = true;
    }

    @Override
    public boolean acquireLock() {
        held = true;
        return true;
    }

    @Override
    public void releaseLock() {
        held = false;
    }

    @Override
    public DatabaseChangeLogLock[] listLocks() {
        return new DatabaseChangeLogLock[0];
    }

    @Override
    public void forceReleaseLock() {
        held = false;
    }

    @Override
    public void reset() {
        held = false;
    }

    @Override
    public void init() {
        // No table to create.
    }

    @Override
    public void destroy() {
        held = false;
    }
}
