package dev.lockkeeper.changelog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import liquibase.resource.PathResource;
import liquibase.resource.Resource;

/**
 * A file of the changelog. Its bytes are examined as it is read; it is refused if parsing it would run out of memory.
 */
final class ChangelogFile extends PathResource {
    /**
     * What Liquibase builds from a file (text, statements, checksum input) was measured at ten times the file's size.
     */
    private static final long HEAP_PER_BYTE = 12;

    private final ChangelogFiles files;
    private final Path path;

    ChangelogFile(ChangelogFiles files, Path path, String name) {
        super(name, path);
        this.files = files;
        this.path = path;
    }

    @Override
    public InputStream openInputStream() throws IOException {
        if (!Files.isRegularFile(path)) {
            return super.openInputStream();
        }
        long size = Files.size(path);
        long most = Runtime.getRuntime().maxMemory() / HEAP_PER_BYTE;
        if (size > most) {
            if (files.isData(path)) {
                // Read line by line, for its checksum.
                return super.openInputStream();
            }
            throw new TooLargeException(getPath(), size, most);
        }
        byte[] bytes;
        try (InputStream stream = super.openInputStream()) {
            bytes = stream.readAllBytes();
        }
        files.saw(getPath(), Contents.of(bytes));
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public Resource resolve(String other) {
        return new ChangelogFile(files, path.resolve(other), resolvePath(other));
    }

    @Override
    public Resource resolveSibling(String other) {
        return new ChangelogFile(files, path.resolveSibling(other), resolveSiblingPath(other));
    }
}
