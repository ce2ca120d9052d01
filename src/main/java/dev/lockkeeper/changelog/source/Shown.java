package dev.lockkeeper.changelog.source;

/** A line of a changelog as a message quotes it. */
final class Shown {
    private static final int MOST = 80;

    private Shown() {}

    static String of(String line) {
        String text = line.strip();
        return text.length() <= MOST ? text : text.substring(0, MOST - 2) + " …";
    }
}
