package dev.lockkeeper.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The changelogs under {@code src/test/resources/differential}. */
final class Cases {
    private static final Path ALL = Path.of("src", "test", "resources", "differential");

    private Cases() {}

    /** Writes a case's files over those in a folder. */
    static void copy(String name, Path folder) throws IOException {
        Path source = ALL.resolve(name);
        try (Stream<Path> found = Files.walk(source)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                Path target = folder.resolve(source.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The root file of a case that is written once for all formats. */
    static String root(String name) throws IOException {
        return Files.readString(ALL.resolve(name).resolve("root.yaml"));
    }

    /** The names of those cases. */
    static List<String> inAllFormats() {
        return List.of("changes", "attributes", "preconditions");
    }
}
