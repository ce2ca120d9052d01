package dev.lockkeeper.run;

/** A thread of the program died by what it didn't catch. */
final class ThreadDeathException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ThreadDeathException(String thread, Throwable cause) {
        super("the thread \"" + thread + "\" died", cause);
    }
}
