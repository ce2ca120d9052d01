package dev.lockkeeper.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.changelog.parse.ChangelogParser;
import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.model.Comparison;
import dev.lockkeeper.model.Comparison.Verdict;
import dev.lockkeeper.model.HistoryRow;
import dev.lockkeeper.settings.ChangelogLocation;
import dev.lockkeeper.settings.ChangelogSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldLoadDataTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        new ChangelogFolder(folder)
                .file("lf.csv", "x;y\n# a remark\n1;one\n\n2;two\n")
                .file("crlf.csv", "x;y\r\n1;one\r\n2;two\r\n")
                .file("gap.csv", "x;y\r\n1;one\r\n\r\n")
                .file("root.yaml", """
                        databaseChangeLog:
                          - changeSet:
                              id: crlf
                              author: team
                              changes:
                                - loadData: {tableName: things, file: crlf.csv, separator: ";", relativeToChangelogFile: true}
                                - sql: {sql: SELECT 1}
                          - changeSet: {id: lf, author: team, changes: [{loadData: {tableName: things, file: lf.csv}}]}
                          - changeSet: {id: gap, author: team, changes: [{loadUpdateData: {tableName: things, file: gap.csv, primaryKey: x}}]}
                        """);
    }

    /** The checksums are those that these releases wrote for the same change sets. */
    @Test
    void what_liquibase_3_recorded_for_loaded_data_was_not_edited() throws Exception {
        Comparison by335 = compare(
                row("crlf", "7:5d2a9abc2f34d539cce07d40bc50bd65"),
                row("lf", "7:f60670cb4ce209ced773275a99af90eb"),
                row("gap", "7:bcd2a979fb4a3eee8ffe4ca93302958c"));
        assertThat(by335.judged()).extracting(Comparison.Judged::verdict).containsOnly(new Verdict.Recorded());
        Comparison by311 = compare(row("crlf", "7:e7ddd73fe60c584dd617a877c2d81c06"));
        assertThat(by311.judged().get(0).verdict()).isEqualTo(new Verdict.Recorded());
    }

    @Test
    void a_file_that_was_edited_since_is_seen() throws Exception {
        new ChangelogFolder(folder).file("crlf.csv", "x;y\r\n1;one\r\n2;too\r\n");
        assertThat(compare(row("crlf", "7:5d2a9abc2f34d539cce07d40bc50bd65"))
                        .judged()
                        .get(0)
                        .verdict())
                .isInstanceOf(Verdict.Edited.class);
    }

    private static HistoryRow row(String id, String checksum) {
        return new HistoryRow("root.yaml", id, "team", checksum, null, 1, "EXECUTED", null);
    }

    private Comparison compare(HistoryRow... rows) throws Exception {
        return HistoryComparison.of(
                ChangelogParser.parse(new ChangelogSettings(
                        new ChangelogLocation(folder, "root.yaml"),
                        "",
                        "",
                        Map.of(),
                        Optional.empty(),
                        "databasechangelog",
                        Map.of())),
                List.of(rows));
    }
}
