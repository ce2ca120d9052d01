package dev.lockkeeper.changelog.failure;

import dev.lockkeeper.changelog.ChangelogFiles;
import dev.lockkeeper.changelog.source.ChangeFile;
import dev.lockkeeper.model.SourceLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.resource.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Finds a statement in the files of its change set. Liquibase keeps no lines, and strips comments and replaces parameters before a
 * statement is sent; so its first line is looked for, and the change set's own line is named if that isn't there or not once.
 */
public final class StatementSource {
    private static final Pattern HEADER = Pattern.compile(
            "(?i)^\\s*(?:--\\s*changeset\\b|-\\s*changeSet\\s*:|<changeSet\\b|\\{?\\s*\"changeSet\").*");

    /** Bytes of a file that is still searched: after a failure there may be little memory left. */
    private static final int LARGEST = 4_000_000;

    private StatementSource() {}

    public static Optional<SourceLine> of(ChangeSet changeSet, @Nullable String statement, ChangelogFiles files) {
        String changelog = changeSet.getChangeLog().getPhysicalFilePath();
        Optional<String> first = Optional.ofNullable(statement)
                .flatMap(text -> text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .findFirst());
        try {
            for (Change change : changeSet.getChanges()) {
                Optional<ChangeFile> file = ChangeFile.of(change);
                if (first.isPresent() && file.isPresent()) {
                    Resource resource = file.get().in(files);
                    List<String> lines = lines(resource);
                    Optional<Integer> found = only(lines, 0, lines.size(), first.get());
                    if (found.isPresent()) {
                        return Optional.of(new SourceLine(resource.getPath(), found.get() + 1));
                    }
                }
            }
            return within(changelog, lines(files.get(changelog)), changeSet, first);
        } catch (IOException | RuntimeException e) {
            // A place to look at is welcome, and never worth a failure of its own.
            return Optional.empty();
        }
    }

    private static Optional<SourceLine> within(
            String file, List<String> lines, ChangeSet changeSet, Optional<String> first) {
        Optional<Integer> start = only(lines, 0, lines.size(), named(changeSet.getId(), changeSet.getAuthor()))
                .or(() -> only(lines, 0, lines.size(), named(changeSet.getId(), "")));
        if (start.isEmpty()) {
            return Optional.empty();
        }
        int from = start.get();
        int to = IntStream.range(from + 1, lines.size())
                .filter(i -> HEADER.matcher(lines.get(i)).matches())
                .findFirst()
                .orElse(lines.size());
        int line = first.flatMap(text -> only(lines, from + 1, to, text)).orElse(from);
        return Optional.of(new SourceLine(file, line + 1));
    }

    /** The line that begins a change set, in the formats that there are. */
    private static Pattern named(String id, String author) {
        String quotedId = Pattern.quote(id);
        String sql = "--\\s*changeset\\s+" + (author.isEmpty() ? "[^:]*" : "\"?" + Pattern.quote(author) + "\"?")
                + ":\"?" + quotedId + "\"?(?:\\s.*)?";
        String keyed = ".*\\bid\"?\\s*[:=]\\s*[\"']?" + quotedId + "[\"']?(?:[\\s,}>/].*)?";
        return Pattern.compile("(?i)\\s*" + sql + "|" + keyed);
    }

    private static Optional<Integer> only(List<String> lines, int from, int to, Pattern pattern) {
        return only(IntStream.range(from, to)
                .filter(i -> pattern.matcher(lines.get(i)).matches()));
    }

    private static Optional<Integer> only(List<String> lines, int from, int to, String text) {
        return only(IntStream.range(from, to).filter(i -> lines.get(i).contains(text)));
    }

    private static Optional<Integer> only(IntStream found) {
        int[] some = found.limit(2).toArray();
        return some.length == 1 ? Optional.of(some[0]) : Optional.empty();
    }

    private static List<String> lines(Resource resource) throws IOException {
        try (InputStream stream = resource.openInputStream()) {
            if (stream.available() > LARGEST) {
                return List.of();
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
