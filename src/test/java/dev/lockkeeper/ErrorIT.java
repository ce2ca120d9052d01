package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.fixture.FailingChange;
import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What isn't an exception but an error, thrown by a class of the changelog: a defect, reported at once. */
@Tag("anywhere")
class ErrorIT extends DatabaseCase {
    @ParameterizedTest
    @CsvSource({
        "assertion, three is not four",
        "initializer, NumberFormatException",
        "missing, org/example/Absent",
        "memory, memory",
        "stack, StackOverflowError"
    })
    void it_ends_in_a_report_and_its_change_set_is_rolled_back(String way, String said) throws Exception {
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: 1
                      author: t
                      changes: [{sql: {sql: CREATE TABLE a (x int)}}]
                  - changeSet:
                      id: 2
                      author: t
                      changes: [{customChange: {class: %s, param: {name: way, value: %s}}}]
                """.formatted(FailingChange.class.getName(), way));
        Path result = folder.resolve("result.json");
        Environment environment =
                changelog.in(database.environment(), "root.yaml").with("LOCKKEEPER_OUTPUT", result.toString());
        Finished run = Program.run(environment).exits(70).says(said, "root.yaml::2::t", "rolled back");
        assertThat(run.text("databaseTouched")).isEqualTo("yes");
        assertThat(Files.readString(result)).contains("\"exitCode\":70", "root.yaml::2::t");
        assertThat(history()).containsExactly("1");
        assertThat(database.rows("SELECT tablename FROM pg_tables WHERE tablename = 'by_class'"))
                .isEmpty();
        Program.run(environment.with("LOCKKEEPER_WAIT", "5s")).exits(70);
    }
}
