package dev.lockkeeper.model;

/**
 * What names a change set: the three columns FILENAME, ID and AUTHOR of Liquibase's history.
 *
 * @param file the path relative to the changelog root, or the change set's logical path
 */
public record ChangeSetId(String file, String id, String author) {

    /** The way Liquibase itself prints it: {@code file::id::author}. */
    @Override
    public String toString() {
        return file + "::" + id + "::" + author;
    }
}
