package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The order of the packages as README.md gives it under "Develop", and the size of files and packages. Names count if
 * they are written in full: in imports, in code and in Javadoc. A quoted name (a logger's) isn't a dependency.
 */
class ArchitectureTest {
    private static final Path ROOT = Path.of("src", "main", "java", "dev", "lockkeeper");
    private static final Pattern OUR_TYPE = Pattern.compile("\\bdev\\.lockkeeper\\.((?:[a-z]+\\.)*)[A-Z]");
    private static final Pattern LIQUIBASE_TYPE = Pattern.compile("(?<![\\w.\"])liquibase\\.(?:[a-z0-9]+\\.)*[A-Z]");
    private static final Pattern AWS_TYPE = Pattern.compile("\\bsoftware\\.amazon\\.awssdk\\.");
    /** None of these, with the packages inside it, knows the others. */
    private static final List<String> SEPARATE = List.of("changelog", "postgres", "secrets", "report");

    private static final int MOST_FILES = 25;
    private static final int MOST_LINES = 200;

    /** A source file; {@code room} is its package below {@code dev.lockkeeper}, and empty for that package itself. */
    private record Source(String room, String file, String text) {
        static Source read(Path path) throws IOException {
            Path folder = ROOT.relativize(path).getParent();
            String room = folder == null
                    ? ""
                    : folder.toString().replace(path.getFileSystem().getSeparator(), ".");
            return new Source(room, path.getFileName().toString(), Files.readString(path));
        }

        boolean isPackageInfo() {
            return file.equals("package-info.java");
        }

        List<String> roomsNamed() {
            return OUR_TYPE.matcher(text)
                    .results()
                    .map(found -> found.group(1).replaceFirst("\\.$", ""))
                    .distinct()
                    .toList();
        }

        @Override
        public String toString() {
            return room + "/" + file;
        }
    }

    private static List<Source> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Source> sources = new ArrayList<>();
            for (Path path : files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                sources.add(Source.read(path));
            }
            return sources;
        }
    }

    /** Every package with its line in README's list, counted from 0 at the top. The package of {@code main} is above all. */
    private static Map<String, Integer> levels() throws IOException {
        List<String> lines = Files.readString(Path.of("README.md"))
                .split("import only packages below", 2)[1]
                .lines()
                .dropWhile(line -> !line.startsWith("    "))
                .takeWhile(line -> line.startsWith("    "))
                .map(line -> line.strip().replaceFirst("  .*", ""))
                .toList();
        Map<String, Integer> levels = new TreeMap<>(Map.of("", -1));
        for (int i = 0; i < lines.size(); i++) {
            for (String room : lines.get(i).split(" \\| ", -1)) {
                levels.put(room, i);
            }
        }
        return levels;
    }

    private static String separateRoom(String room) {
        String outermost = room.split("\\.", 2)[0];
        return SEPARATE.contains(outermost) ? outermost : "";
    }

    private static boolean mayName(Map<String, Integer> levels, String from, String to) {
        boolean below = levels.getOrDefault(to, -1) > levels.getOrDefault(from, -1);
        boolean separate = !separateRoom(from).isEmpty() && !separateRoom(to).isEmpty();
        return from.equals(to) || below && (!separate || separateRoom(from).equals(separateRoom(to)));
    }

    @Test
    void the_readme_gives_every_package_its_place() throws Exception {
        assertThat(levels().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        sources().stream().map(Source::room).distinct().toList());
    }

    @Test
    void a_package_knows_only_those_below_it() throws Exception {
        Map<String, Integer> levels = levels();
        assertThat(sources())
                .flatMap(source -> source.roomsNamed().stream()
                        .filter(room -> !mayName(levels, source.room(), room))
                        .map(room -> source + " names " + room)
                        .toList())
                .isEmpty();
    }

    @Test
    void only_changelog_knows_liquibase_and_only_secrets_knows_the_aws_sdk() throws Exception {
        assertThat(sources())
                .filteredOn(source -> LIQUIBASE_TYPE.matcher(source.text()).find())
                .isNotEmpty()
                .allMatch(source -> separateRoom(source.room()).equals("changelog"));
        assertThat(sources())
                .filteredOn(source -> AWS_TYPE.matcher(source.text()).find())
                .isNotEmpty()
                .allMatch(source -> source.room().equals("secrets"));
    }

    @Test
    void no_package_has_more_than_25_files_and_no_file_more_than_200_lines() throws Exception {
        Map<String, Integer> files = new TreeMap<>();
        sources().stream()
                .filter(source -> !source.isPackageInfo())
                .forEach(source -> files.merge(source.room(), 1, Integer::sum));
        assertThat(files).allSatisfy((room, count) -> assertThat(count).as(room).isLessThanOrEqualTo(MOST_FILES));
        assertThat(sources())
                .filteredOn(source -> source.text().lines().count() > MOST_LINES)
                .map(source -> source + " has " + source.text().lines().count())
                .isEmpty();
    }

    @Test
    void every_package_says_in_a_sentence_what_it_is_for() throws Exception {
        Pattern sentence = Pattern.compile("^/\\*\\*\\s[^/]*\\w.*?\\.\\s+\\*/", Pattern.DOTALL);
        assertThat(sources().stream().filter(Source::isPackageInfo))
                .allMatch(source -> sentence.matcher(source.text()).find())
                .map(Source::room)
                .containsExactlyInAnyOrderElementsOf(
                        sources().stream().map(Source::room).distinct().toList());
    }
}
