package dev.lockkeeper.model;

import org.jspecify.annotations.Nullable;

/** Ends a run with an outcome other than done; thrown when a foreign exception is translated or a rule refuses. */
public final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Outcome outcome;

    public Failure(Outcome outcome) {
        this(outcome, null);
    }

    public Failure(Outcome outcome, @Nullable Throwable cause) {
        super(outcome.happened(), cause);
        this.outcome = outcome;
    }

    /** How the run ends because of this. */
    public Outcome outcome() {
        return outcome;
    }
}
