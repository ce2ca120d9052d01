package dev.lockkeeper.command;

import dev.lockkeeper.changelog.Causes;

/** Says what nobody expected: an exception or error, and those behind it. */
final class Defects {
    private static final int MOST_CAUSES = 5;

    private Defects() {}

    static String said(Throwable thrown) {
        if (Causes.first(OutOfMemoryError.class, thrown).isPresent()) {
            return "there wasn't enough memory (give the task more, or split large changelog files)";
        }
        StringBuilder text = new StringBuilder(String.valueOf(thrown));
        Throwable cause = thrown.getCause();
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (text.indexOf(String.valueOf(cause)) < 0) {
                text.append(", caused by ").append(cause);
            }
            cause = cause.getCause();
        }
        return text.toString();
    }
}
