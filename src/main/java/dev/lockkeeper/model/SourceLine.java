package dev.lockkeeper.model;

/**
 * A place in a changelog's files.
 *
 * @param file the path relative to the changelog root
 * @param line counted from 1
 */
public record SourceLine(String file, int line) {
    /** {@code file:line}, which editors and terminals follow. */
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
