package dev.lockkeeper.changelog.apply;

/**
 * Hears of each change set as an update goes through them, on the thread that runs them. Every {@code started} is followed by
 * exactly one {@code ended}, unless the process dies.
 */
public interface ChangeSetObserver {

    /** Before its preconditions are checked. */
    default void started(ChangeSetRun run) {}

    /**
     * Its SQL is done and its locks are held, but nothing of it is committed and its history row isn't written. A change set
     * outside a transaction is done for good by then.
     */
    default void beforeRecord(ChangeSetRun run) {}

    /** It ended; what that means for the database is in the {@link End}. */
    void ended(ChangeSetRun run, End end);
}
