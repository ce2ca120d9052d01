package dev.lockkeeper.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import liquibase.Scope;
import liquibase.change.AbstractSQLChange;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.database.core.PostgresDatabase;
import liquibase.exception.LiquibaseException;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.DirectoryResourceAccessor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the change sets that ship in the image to the rules of {@code changelog/README.md}. */
final class SampleChangelogTest {
    private static final Path ROOT = Path.of("changelog");
    private static final String ROOT_FILE = "changelog-root.yaml";

    private static List<ChangeSet> changeSets;

    @BeforeAll
    static void parse() throws Exception {
        var files = new DirectoryResourceAccessor(ROOT);
        Scope.child(Map.of(Scope.Attr.resourceAccessor.name(), files), () -> changeSets = parse(files));
    }

    @Test
    void every_file_is_included_once_in_the_order_of_its_name() throws IOException {
        assertThat(changeSets).extracting(ChangeSet::getFilePath).containsExactlyElementsOf(filesByName());
    }

    @Test
    void files_are_numbered_without_a_gap_or_a_double() {
        assertThat(changeSets)
                .extracting(changeSet -> Integer.parseInt(changeSet.getId().substring(0, 4)))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, changeSets.size()).boxed().toList());
    }

    @Test
    void an_id_is_the_name_of_its_file() {
        assertThat(changeSets)
                .allSatisfy(changeSet -> assertThat(changeSet.getFilePath())
                        .matches("changes/\\d{4}-[a-z0-9-]+\\.(sql|yaml)")
                        .startsWith("changes/" + changeSet.getId() + "."));
    }

    @Test
    void every_change_set_says_why_and_how_to_roll_it_back() {
        assertThat(changeSets).allSatisfy(changeSet -> {
            assertThat(changeSet.getComments()).isNotBlank();
            assertThat(changeSet.getRollback().getChanges()).isNotEmpty();
        });
    }

    @Test
    void an_index_is_never_built_concurrently_within_a_transaction() {
        assertThat(changeSets)
                .filteredOn(changeSet -> sql(changeSet).contains("INDEX CONCURRENTLY"))
                .isNotEmpty()
                .noneMatch(ChangeSet::isRunInTransaction);
    }

    @Test
    void outside_a_transaction_there_is_exactly_one_statement() {
        assertThat(changeSets)
                .filteredOn(changeSet -> !changeSet.isRunInTransaction())
                .isNotEmpty()
                .allMatch(changeSet -> statements(changeSet) == 1);
    }

    private static List<ChangeSet> parse(DirectoryResourceAccessor files) throws LiquibaseException {
        var parameters = new ChangeLogParameters(new PostgresDatabase());
        var parser = ChangeLogParserFactory.getInstance().getParser(ROOT_FILE, files);
        return parser.parse(ROOT_FILE, parameters, files).getChangeSets();
    }

    private static List<String> filesByName() throws IOException {
        try (var files = Files.list(ROOT.resolve("changes"))) {
            return files.map(file -> "changes/" + file.getFileName())
                    .filter(file -> !file.endsWith(".csv"))
                    .sorted()
                    .toList();
        }
    }

    private static String sql(ChangeSet changeSet) {
        return changeSet.getChanges().get(0) instanceof AbstractSQLChange change ? change.getSql() : "";
    }

    private static int statements(ChangeSet changeSet) {
        var database = new PostgresDatabase();
        return changeSet.getChanges().stream()
                .mapToInt(change -> change.generateStatements(database).length)
                .sum();
    }
}
