package dev.lockkeeper.changelog;

import java.io.IOException;

/** A changelog includes itself. */
final class IncludeCycleException extends IOException {
    private static final long serialVersionUID = 1;

    IncludeCycleException(String path) {
        super(path + " includes itself, directly or through other files: remove one of the includes");
    }
}
