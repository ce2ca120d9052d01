package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.differential.SampleChange;
import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good changelogs of unusual shapes: nothing is refused, and nothing is warned about. */
class QuietChangelogTest {
    @TempDir
    private Path folder;

    private Finished validate() {
        Environment environment = new ChangelogFolder(folder).in(Environment.of(), "root.yaml");
        Finished finished = Program.run(environment, "validate").exits(0);
        assertThat(finished.output()).doesNotContain("\"level\":\"warn\"");
        return finished;
    }

    @Test
    void one_file_of_properties_may_be_included_by_hundreds() {
        ChangelogFolder changelog = new ChangelogFolder(folder)
                .file("shared.yaml", "databaseChangeLog: [{property: {name: kind, value: int}}]")
                .file("root.yaml", "databaseChangeLog: [{includeAll: {path: parts}}]");
        for (int i = 100; i < 400; i++) {
            changelog.file("parts/" + i + ".yaml", """
                    databaseChangeLog:
                      - include: {file: ../shared.yaml, relativeToChangelogFile: true}
                      - changeSet: {id: %d, author: t, changes: [{sql: {sql: "CREATE TABLE t%d (x ${kind})"}}]}
                    """.formatted(i, i));
        }
        assertThat(validate().text("happened")).contains("300 change sets");
    }

    @Test
    void a_change_in_java_is_no_reason_for_a_warning() {
        new ChangelogFolder(folder).file("root.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: 1
                      author: t
                      changes: [{customChange: {class: %s, params: [{param: {name: value, value: "1"}}]}}]
                """.formatted(SampleChange.class.getName()));
        validate();
    }
}
