package dev.lockkeeper.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;

/**
 * A folder that looks like the image's root: the AOT cache remembers the jars' order, sizes and times, so it must be
 * made with what Jib will put into the image.
 */
record Stage(Path root) {
    /** Jib's EPOCH_PLUS_SECOND. */
    private static final FileTime TIME = FileTime.fromMillis(1_000);

    Path java() {
        return root.resolve("opt/java/bin/java");
    }

    Path runtime() {
        return root.resolve("opt/java");
    }

    Path app() {
        return root.resolve("app");
    }

    Path cache() {
        return app().resolve("lockkeeper.aot");
    }

    Path hashes() {
        return app().resolve("lockkeeper.aot.sha256");
    }

    /** Copies what the class path names to where Jib puts it, with the times that Jib gives it. */
    void fill(Path build, Path argumentFile) throws IOException {
        for (String entry : classPath(argumentFile)) {
            Path place = root.resolve(entry.substring(1));
            Path from = entry.startsWith("/app/libs/") ? build.resolve("lib") : build;
            copy(from.resolve(place.getFileName()), place);
        }
    }

    /** The image's own jars, without those that users may add. */
    private static List<String> classPath(Path argumentFile) throws IOException {
        List<String> lines = Files.readAllLines(argumentFile);
        return Arrays.stream(lines.get(lines.indexOf("-cp") + 1).split(":"))
                .filter(entry -> !entry.endsWith("*"))
                .toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(to, TIME);
    }

    /** The image's arguments, with the stage's folder before the image's paths, and without what users may add. */
    List<String> arguments(Path argumentFile) throws IOException {
        return Files.readAllLines(argumentFile).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.replaceFirst(":[^:]*/extensions/\\*$", ""))
                .map(line -> line.replace("/app/", app() + "/"))
                .toList();
    }
}
