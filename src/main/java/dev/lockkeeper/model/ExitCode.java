package dev.lockkeeper.model;

/** The container's exit codes: an interface, so numbers never change. The README's table is checked against this. */
public enum ExitCode {
    DONE(0, "done"),
    CHANGE_SET_FAILED(1, "change-set-failed"),
    BAD_INPUT(2, "bad-input"),
    DATABASE_UNUSABLE(4, "database-unusable"),
    ANOTHER_RUNNER(5, "another-runner"),
    STATE_REFUSED(6, "state-refused"),
    TABLE_LOCKED(7, "table-locked"),
    DEADLINE_PASSED(8, "deadline-passed"),
    PENDING(10, "pending"),
    CONNECTION_LOST(11, "connection-lost"),
    DEFECT(70, "defect"),
    STOPPED(143, "stopped");

    private final int number;
    private final String word;

    ExitCode(int number, String word) {
        this.number = number;
        this.word = word;
    }

    /** What the process exits with. */
    public int number() {
        return number;
    }

    /** False if the command did its work or gave its answer; that something is pending is an answer. */
    public boolean isFailure() {
        return this != DONE && this != PENDING;
    }

    /** The word for it in reports. */
    public String word() {
        return word;
    }
}
