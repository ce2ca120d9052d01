package dev.lockkeeper.model;

/**
 * Ends what a run is doing, because a signal or the deadline asked the run to end. Thrown through Liquibase and caught where
 * the outcome is judged; it says nothing about why the run ends.
 */
public final class StopRequested extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StopRequested() {
        super("the run was asked to stop");
    }
}
