package dev.lockkeeper.changelog;

import java.io.IOException;
import java.nio.file.Path;

/** A changelog names a file outside its root. */
final class OutsideRootException extends IOException {
    private static final long serialVersionUID = 1;

    OutsideRootException(String path, Path root) {
        super("\"" + path + "\" lies outside the changelog root " + root
                + ": move the file inside, or name a root that holds both by LOCKKEEPER_CHANGELOG_ROOT");
    }
}
