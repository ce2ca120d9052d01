package dev.lockkeeper.run;

/** Unwinds a run that was asked to end; the frame knows why from {@link Stop}. */
final class StopRequested extends RuntimeException {
    private static final long serialVersionUID = 1;

    StopRequested() {
        super("the run was asked to end");
    }
}
