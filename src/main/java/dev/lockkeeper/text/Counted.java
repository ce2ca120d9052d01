package dev.lockkeeper.text;

/** A number with its noun, for sentences. */
public final class Counted {
    private Counted() {}

    /** {@code 1 table}, {@code 2 tables}. */
    public static String of(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
