package dev.lockkeeper.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files that are there, and that the process may not read. */
public final class Access {
    private Access() {}

    /** The file, or the topmost folder above it, that the process may not read; empty if it may read all that exists. */
    public static Optional<Path> obstacle(Path path) {
        Optional<Path> topmost = Optional.empty();
        for (Path part = path.toAbsolutePath().normalize(); part != null; part = part.getParent()) {
            boolean may = Files.isDirectory(part) ? Files.isExecutable(part) : Files.isReadable(part);
            if (Files.exists(part) && !may) {
                topmost = Optional.of(part);
            }
        }
        return topmost;
    }

    /** What is wrong with a file or folder that can't be read, and what fixes it. */
    public static String refused(Path path) {
        return path + " can't be read by the user that runs this (65532 in the image): chmod -R a+rX " + path;
    }
}
