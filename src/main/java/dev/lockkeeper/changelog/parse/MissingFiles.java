package dev.lockkeeper.changelog.parse;

import dev.lockkeeper.changelog.ChangelogFiles;
import dev.lockkeeper.changelog.source.ChangeFile;
import java.io.IOException;
import java.util.Optional;
import liquibase.change.Change;

/** Files that changes read and that don't exist. Liquibase stops at the first, without the change set's name. */
final class MissingFiles {
    private MissingFiles() {}

    /** The file that the change names, if it names one that doesn't exist, whichever database the change is for. */
    static Optional<String> of(Change change, ChangelogFiles files) {
        return ChangeFile.of(change).filter(file -> isMissing(file, files)).map(ChangeFile::path);
    }

    private static boolean isMissing(ChangeFile file, ChangelogFiles files) {
        try {
            return !file.in(files).exists();
        } catch (IOException | RuntimeException e) {
            // It can't be told; Liquibase says what is wrong when it opens the file.
            return false;
        }
    }
}
