package dev.lockkeeper.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The one file of the locale C.UTF-8 that says how names of files are encoded. A base image without Java has no locale,
 * and Java takes what the C library tells it: without this file a change set file called größe.sql can't be opened.
 */
final class CharacterType {
    private static final Path FILE = Path.of("usr/lib/locale/C.utf8/LC_CTYPE");

    private CharacterType() {}

    /** Takes it from the machine that builds, as the C library of the JDK that runs there does. */
    static void copy(Path root) throws IOException {
        Path source = Path.of("/").resolve(FILE);
        if (!Files.exists(source)) {
            throw new IllegalStateException(
                    source + " is missing; the slim image is built on Debian 12, Ubuntu 24.04 or newer");
        }
        Path target = root.resolve(FILE);
        Files.createDirectories(target.getParent());
        Files.copy(source, target);
    }
}
