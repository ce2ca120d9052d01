package dev.lockkeeper.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A changelog written by a test: formatted SQL in {@code root.sql} unless it says otherwise. */
public final class ChangelogFolder {
    private final Path folder;
    private final StringBuilder root = new StringBuilder("--liquibase formatted sql\n");

    public ChangelogFolder(Path folder) {
        this.folder = folder;
    }

    /** Adds a change set to the root file. */
    public ChangelogFolder changeSet(String id, String attributes, String sql) {
        root.append("\n--changeset team:")
                .append(id)
                .append(' ')
                .append(attributes)
                .append('\n')
                .append(sql)
                .append('\n');
        return file("root.sql", root.toString());
    }

    public ChangelogFolder changeSet(String id, String sql) {
        return changeSet(id, "", sql);
    }

    public ChangelogFolder file(String name, String content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path folder() {
        return folder;
    }

    /** The environment that names this changelog. */
    public Environment in(Environment environment) {
        return in(environment, "root.sql");
    }

    public Environment in(Environment environment, String rootFile) {
        return environment.with("LOCKKEEPER_CHANGELOG_ROOT", folder.toString()).with("LOCKKEEPER_CHANGELOG", rootFile);
    }
}
