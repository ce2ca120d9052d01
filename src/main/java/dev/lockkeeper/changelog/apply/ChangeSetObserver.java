package dev.lockkeeper.changelog.apply;

/**
 * Is notified of each change set of an update, on the thread that runs it. Every {@code started} is followed by exactly
 * one {@code ended}, unless the process dies.
 */
public interface ChangeSetObserver {

    /** Before its preconditions are checked. */
    default void started(ChangeSetRun run) {}

    /**
     * Its SQL is done and its locks are held, but nothing of it is committed and its history row isn't written. What a
     * change set outside a transaction did is permanent by then.
     */
    default void beforeRecord(ChangeSetRun run) {}

    /** It ended; what that means for the database is in the {@link End}. */
    void ended(ChangeSetRun run, End end);
}
