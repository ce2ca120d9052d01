package dev.lockkeeper.changelog;

import dev.lockkeeper.settings.Access;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.Resource;

/** The files under the changelog root, and what those read so far contain. */
public final class ChangelogFiles extends DirectoryResourceAccessor {
    private static final List<String> INCLUDERS = List.of(".yaml", ".yml", ".xml", ".json");

    /**
     * Liquibase follows a cycle of includes until the stack overflows. A file of properties may be included by hundreds of
     * others, so only a file that is read this often, inside so many includes, includes itself.
     */
    private static final int MOST_READS = 64;

    private final Path root;
    private final Map<String, Integer> times = new HashMap<>();
    private final Map<String, Contents> read = new TreeMap<>();
    private String last = "";
    private final Set<Path> data = new HashSet<>();

    public ChangelogFiles(Path root) throws FileNotFoundException {
        super(root);
        this.root = root;
    }

    /**
     * Finds a file, and refuses one outside the root: it wouldn't be in the image, and its name in the history would
     * depend on where the folder is.
     */
    @Override
    public List<Resource> getAll(String path) throws IOException {
        String bare = path.startsWith("classpath:") ? path.substring("classpath:".length()) : path;
        String relative = bare.replaceFirst("^/+", "");
        if (!root.resolve(relative).normalize().startsWith(root)) {
            throw new OutsideRootException(path, root);
        }
        List<Resource> found = super.getAll(relative);
        if (found != null && !found.isEmpty()) {
            return found;
        }
        Optional<Path> obstacle = Access.obstacle(root.resolve(relative));
        if (obstacle.isPresent()) {
            throw new AccessDeniedException(obstacle.get().toString());
        }
        return NewerSchemas.instead(relative);
    }

    @Override
    public void close() {
        // Nothing stays open between reads.
    }

    @Override
    protected Resource createResource(Path file, String name) {
        return new ChangelogFile(this, file, name);
    }

    /**
     * Records what a file contains.
     *
     * @throws IncludeCycleException if a changelog was read so often, and so deep, that it must be including itself
     */
    synchronized void saw(String name, Contents contents) throws IncludeCycleException {
        read.put(name, contents);
        last = name;
        if (INCLUDERS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith)
                && times.merge(name, 1, Integer::sum) > MOST_READS
                && openIncludes() > MOST_READS) {
            throw new IncludeCycleException(name);
        }
    }

    /** How many calls for an include are under way. Liquibase doesn't say, but its calls are on the stack. */
    private static long openIncludes() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> frame.getClassName().equals(DatabaseChangeLog.class.getName())
                                && frame.getMethodName().equals("include"))
                        .count());
    }

    /** The file read last; empty before the first. */
    public synchronized String last() {
        return last;
    }

    /** The names of the files read so far. */
    public synchronized List<String> read() {
        return List.copyOf(read.keySet());
    }

    /** Opens one of them again, without looking at it. */
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(root.resolve(name));
    }

    /** From now on a file of this name counts as data that isn't read as a whole. */
    synchronized void data(String file) {
        data.add(Path.of(file).getFileName());
    }

    synchronized boolean isData(Path file) {
        return data.contains(file.getFileName());
    }

    /** True if any file read so far uses a {@code ${database.…}} parameter, whose value only a connection has. */
    synchronized boolean needDatabase() {
        return read.values().stream().anyMatch(Contents::usesDatabaseParameter);
    }

    /** The files read so far that have a NUL byte, with the number of the first such line. */
    public synchronized Map<String, Integer> withNul() {
        Map<String, Integer> bad = new TreeMap<>();
        read.forEach((name, contents) -> contents.nulLine().ifPresent(line -> bad.put(name, line)));
        return bad;
    }

    /** The files read so far that aren't UTF-8, with the number of their first bad line. */
    public synchronized Map<String, Integer> notUtf8() {
        Map<String, Integer> bad = new TreeMap<>();
        read.forEach((name, contents) -> contents.badLine().ifPresent(line -> bad.put(name, line)));
        return bad;
    }
}
