package dev.lockkeeper.settings.connection;

/** TCP ports as people write them. */
public final class Port {
    /** PostgreSQL's own, used if none is given. */
    public static final int DEFAULT = 5432;

    private static final int HIGHEST = 65_535;

    private Port() {}

    /**
     * Reads a port, 1 to 65,535.
     *
     * @throws IllegalArgumentException with a sentence that doesn't quote the text, which may be part of a password
     */
    public static int parse(String text) {
        String digits = text.strip();
        if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > HIGHEST) {
            throw new IllegalArgumentException("isn't a port: write a whole number from 1 to 65535");
        }
        return Integer.parseInt(digits);
    }
}
