package dev.lockkeeper.model;

/** The container's exit codes: an interface, so numbers never change. The README's table is checked against this. */
public enum ExitCode {
    DONE(0, "done", Kind.ANSWER),
    CHANGE_SET_FAILED(1, "change-set-failed", Kind.FAILURE),
    BAD_INPUT(2, "bad-input", Kind.FAILURE),
    DATABASE_UNUSABLE(4, "database-unusable", Kind.FAILURE),
    ANOTHER_RUNNER(5, "another-runner", Kind.FAILURE),
    STATE_REFUSED(6, "state-refused", Kind.FAILURE),
    TABLE_LOCKED(7, "table-locked", Kind.FAILURE),
    DEADLINE_PASSED(8, "deadline-passed", Kind.FAILURE),
    PENDING(10, "pending", Kind.ANSWER),
    CONNECTION_LOST(11, "connection-lost", Kind.FAILURE),
    DEFECT(70, "defect", Kind.FAILURE),
    STOPPED(143, "stopped", Kind.FAILURE);

    private final int number;
    private final String word;
    private final Kind kind;

    private enum Kind {
        ANSWER,
        FAILURE
    }

    ExitCode(int number, String word, Kind kind) {
        this.number = number;
        this.word = word;
        this.kind = kind;
    }

    /** What the process exits with. */
    public int number() {
        return number;
    }

    /** False if the command did its work or gave its answer; that something is pending is an answer. */
    public boolean isFailure() {
        return kind == Kind.FAILURE;
    }

    /** The word for it in reports. */
    public String word() {
        return word;
    }
}
