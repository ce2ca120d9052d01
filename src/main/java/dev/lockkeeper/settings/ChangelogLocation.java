package dev.lockkeeper.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The changelog's root file within its search path.
 *
 * @param root folder that every include resolves against, absolute
 * @param file the root file relative to it, with forward slashes: the history's FILENAME starts from this
 */
public record ChangelogLocation(Path root, String file) {
    private static final String DEFAULT_FILE = "changelog-root.yaml";
    private static final String CLASSPATH = "classpath:";
    private static final List<Path> DEFAULT_ROOTS = List.of(Path.of("/changelog"), Path.of("changelog"));

    /** Finds root and file by the rules of the README; what can't be found is a problem. */
    static ChangelogLocation find(Optional<String> changelog, Optional<Path> root, Problems problems) {
        Path file = Path.of(changelog.map(ChangelogLocation::withoutClasspath).orElse(DEFAULT_FILE));
        if (root.isPresent()) {
            return within(root.get(), file, problems);
        }
        Optional<Path> usual = DEFAULT_ROOTS.stream().filter(Files::isDirectory).findFirst();
        boolean inUsual = usual.isPresent() && isWithin(usual.get(), file);
        if (!inUsual && (file.isAbsolute() || Files.exists(file))) {
            Path absolute = file.toAbsolutePath().normalize();
            return within(absolute.getParent() == null ? absolute : absolute.getParent(), absolute, problems);
        }
        if (usual.isEmpty()) {
            problems.error(
                    Variable.LOCKKEEPER_CHANGELOG,
                    "there is no file " + file.toAbsolutePath().normalize()
                            + ", and neither a folder /changelog nor ./changelog to look for it in: mount or copy the"
                            + " changelog there, or name its root file");
            return new ChangelogLocation(DEFAULT_ROOTS.get(0), file.toString());
        }
        return within(usual.get(), file, problems);
    }

    private static boolean isWithin(Path folder, Path file) {
        Path root = folder.toAbsolutePath().normalize();
        Path absolute = root.resolve(file).normalize();
        return absolute.startsWith(root) && Files.exists(absolute);
    }

    /** Spring names a changelog {@code classpath:/db/changelog/…}; its class path is our search path. */
    private static String withoutClasspath(String text) {
        if (!text.startsWith(CLASSPATH)) {
            return text;
        }
        String path = text.substring(CLASSPATH.length());
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static ChangelogLocation within(Path root, Path file, Problems problems) {
        Path folder = root.toAbsolutePath().normalize();
        Path absolute = folder.resolve(file).normalize();
        Optional<Path> obstacle = Access.obstacle(absolute);
        if (obstacle.isPresent()) {
            problems.error(Variable.LOCKKEEPER_CHANGELOG, Access.refused(obstacle.get()));
        } else if (!Files.isDirectory(folder)) {
            problems.error(
                    Variable.LOCKKEEPER_CHANGELOG_ROOT,
                    "there is no folder " + folder + ": mount or copy the changelog there, or name its folder");
        } else if (!absolute.startsWith(folder)) {
            problems.error(
                    Variable.LOCKKEEPER_CHANGELOG,
                    absolute + " lies outside the changelog root " + folder + ": move it inside, or name another root");
        } else if (!Files.isRegularFile(absolute)) {
            problems.error(Variable.LOCKKEEPER_CHANGELOG, "there is no file " + absolute);
        }
        return new ChangelogLocation(
                folder, folder.relativize(absolute).toString().replace('\\', '/'));
    }
}
