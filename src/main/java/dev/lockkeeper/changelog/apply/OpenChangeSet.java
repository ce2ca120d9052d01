package dev.lockkeeper.changelog.apply;

import liquibase.exception.DatabaseException;

/** An open change set: its run, how its changes are carried out, and its observers. */
record OpenChangeSet(ChangeSetRun run, ChangeExecution execution, Observers observers) {

    /** Called at the last moment before anything is final: its SQL is done, its history row isn't written. */
    void beforeRecord() throws DatabaseException {
        execution.beforeRecord();
        if (run.info().transactional()) {
            // A statement may have swallowed our cancel request. A change set outside a transaction is done and gets
            // its row.
            observers.checkStop();
        }
        observers.beforeRecord(run);
    }
}
