package dev.lockkeeper.changelog.apply;

import liquibase.exception.DatabaseException;

/** What belongs together while a change set is open: its run, how its changes are carried out, and who observes it. */
record OpenChangeSet(ChangeSetRun run, ChangeExecution execution, Observers observers) {

    /** The last moment at which nothing is decided: its SQL is done, its history row isn't written. */
    void beforeRecord() throws DatabaseException {
        execution.requireLock();
        if (run.info().transactional()) {
            // A statement may have swallowed our cancel request. What ran outside a transaction is done and gets its
            // row.
            observers.checkStop();
        }
        observers.beforeRecord(run);
    }
}
