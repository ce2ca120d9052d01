package dev.lockkeeper.changelog;

import java.io.IOException;

/** A file of the changelog is too large for the memory there is. */
final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;
    private static final long MIB = 1 << 20;

    TooLargeException(String path, long size, long most) {
        super(path + " has " + size / MIB + " MiB; with the memory there is, a changelog file may have " + most / MIB
                + " MiB: split it into several change sets, or give the task more memory");
    }
}
