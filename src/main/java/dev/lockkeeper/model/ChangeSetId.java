package dev.lockkeeper.model;

import dev.lockkeeper.text.OneLine;

/**
 * What names a change set: the three columns FILENAME, ID and AUTHOR of Liquibase's history.
 *
 * @param file the path relative to the changelog root, or the change set's logical path
 */
public record ChangeSetId(String file, String id, String author) {
    /**
     * Written by hand, like {@link #hashCode}: those that a record generates are linked at run time and not in the AOT
     * cache.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof ChangeSetId that
                && file.equals(that.file)
                && id.equals(that.id)
                && author.equals(that.author);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * file.hashCode() + id.hashCode()) + author.hashCode();
    }

    /** The id alone if the file is named after it, else file and id. Others may share it: see {@link ShortNames}. */
    public String shortName() {
        String name = file.substring(file.lastIndexOf('/') + 1);
        int ending = name.lastIndexOf('.');
        return (ending < 0 ? name : name.substring(0, ending)).equals(id) ? OneLine.of(id) : withFile();
    }

    /** File and id. */
    String withFile() {
        return OneLine.of(file + "::" + id);
    }

    /** The way Liquibase itself prints it, {@code file::id::author}, always on one line. */
    @Override
    public String toString() {
        return OneLine.of(file + "::" + id + "::" + author);
    }
}
