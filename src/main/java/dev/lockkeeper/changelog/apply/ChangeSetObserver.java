package dev.lockkeeper.changelog.apply;

/**
 * Is notified of each change set of an update, on the thread that runs it. Every {@code started} is followed by exactly
 * one {@code ended}, unless the process dies.
 */
public interface ChangeSetObserver {

    /** Before its preconditions are checked. */
    default void started(ChangeSetRun run) {}

    /**
     * Its SQL is done, and its history row isn't written yet. What it did in a transaction isn't committed, and its locks are
     * held; what it did outside one is permanent.
     *
     * <p>Called also if there is nothing of that: it failed and {@code failOnError: false} lets the run continue (rolled back by
     * now, and no row will be written), or its precondition marks it as run.
     */
    default void beforeRecord(ChangeSetRun run) {}

    /** It ended; what that means for the database is in the {@link End}. */
    void ended(ChangeSetRun run, End end);
}
