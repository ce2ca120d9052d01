package dev.lockkeeper.model.event;

/** Whether the run changed the database. */
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
