package dev.lockkeeper.model;

/** What a migrate would do with a change set, and why. */
public sealed interface Verdict {

    /** It runs: the history doesn't have it, or it says {@code runOnChange} and its text changed. */
    record Pending() implements Verdict {}

    /** It ran and is as it was. */
    record Recorded() implements Verdict {}

    /**
     * It was changed after it ran, which it doesn't allow.
     *
     * @param recorded the checksum in the history
     * @param present the checksum of its text now, of the same version
     */
    record Edited(String recorded, String present) implements Verdict {}

    /** It ran, and runs again in every migrate because it says {@code runAlways}. */
    record RunsAlways() implements Verdict {}

    /**
     * It doesn't run, whatever the history has.
     *
     * @param sentence what it asks for and what this run has, without a full stop
     */
    record LeftOut(Reason reason, String sentence) implements Verdict {}

    /** What leaves a change set out. */
    enum Reason {
        CONTEXTS,
        LABELS,
        DBMS,
        IGNORED
    }
}
