package dev.lockkeeper.model.event;

/** Whether the database is other than before the run. */
public enum Touched {
    NO("no"),
    YES("yes"),
    UNKNOWN("unknown");

    private final String word;

    Touched(String word) {
        this.word = word;
    }

    /** The word that reports use. */
    public String word() {
        return word;
    }
}
