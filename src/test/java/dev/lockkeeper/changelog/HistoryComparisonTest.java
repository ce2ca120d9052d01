package dev.lockkeeper.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.changelog.parse.ChangelogParser;
import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Comparison;
import dev.lockkeeper.model.Comparison.Verdict;
import dev.lockkeeper.model.HistoryRow;
import dev.lockkeeper.settings.ChangelogLocation;
import dev.lockkeeper.settings.ChangelogSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import liquibase.util.LiquibaseUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryComparisonTest {
    /** A checksum that no text has. */
    private static final String OTHER = "9:00000000000000000000000000000000";

    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        new ChangelogFolder(folder).file("root.sql", """
                --liquibase formatted sql
                --changeset team:new
                SELECT 1;
                --changeset team:ran
                SELECT 1;
                --changeset team:always runAlways:true
                SELECT 1;
                --changeset team:on-change runOnChange:true
                SELECT 1;
                --changeset team:test context:test
                SELECT 1;
                --changeset team:slow labels:slow,late
                SELECT 1;
                --changeset team:h2 dbms:h2,mysql
                SELECT 1;
                --changeset team:ignored ignore:true
                SELECT 1;
                --changeset team:not-test context:"!test"
                SELECT 1;
                """);
    }

    @Test
    void without_a_history_everything_is_pending_that_is_not_left_out() throws Exception {
        Comparison comparison = compare("prod", "!slow", List.of());
        assertThat(ids(comparison)).containsExactly("new", "ran", "always", "on-change", "not-test");
        assertThat(comparison.recorded()).isEmpty();
        assertThat(comparison.unknown()).isEmpty();
        assertThat(verdict(comparison, "test"))
                .isEqualTo(leftOut(
                        Verdict.Reason.CONTEXTS, "it is for the contexts \"test\", and this run's are \"prod\""));
        assertThat(verdict(comparison, "slow"))
                .isEqualTo(
                        leftOut(Verdict.Reason.LABELS, "its labels are \"slow,late\", and this run takes \"!slow\""));
        assertThat(verdict(comparison, "h2")).isEqualTo(leftOut(Verdict.Reason.DBMS, "it is for dbms h2, mysql"));
        assertThat(verdict(comparison, "ignored")).isEqualTo(leftOut(Verdict.Reason.IGNORED, "it says ignore: true"));
    }

    @Test
    void a_change_set_without_labels_can_be_left_out_by_them() throws Exception {
        assertThat(verdict(compare("", "slow", List.of()), "slow")).isEqualTo(new Verdict.Pending());
        Comparison both = compare("prod", "slow", List.of());
        assertThat(verdict(both, "test"))
                .isInstanceOfSatisfying(
                        Verdict.LeftOut.class, out -> assertThat(out.reason()).isEqualTo(Verdict.Reason.CONTEXTS));
    }

    @Test
    void what_is_recorded_is_judged_by_its_checksum_unless_it_may_change() throws Exception {
        Comparison comparison = compare(
                "prod",
                "",
                List.of(
                        row("new", OTHER),
                        row("ran", null),
                        row("always", OTHER),
                        row("on-change", OTHER),
                        row("test", OTHER),
                        row("gone", OTHER)));
        assertThat(verdict(comparison, "new"))
                .isInstanceOfSatisfying(
                        Verdict.Edited.class,
                        edited -> assertThat(edited.recorded()).isEqualTo(OTHER));
        assertThat(verdict(comparison, "ran")).isEqualTo(new Verdict.Recorded());
        assertThat(verdict(comparison, "always")).isEqualTo(new Verdict.RunsAlways());
        assertThat(verdict(comparison, "on-change")).isEqualTo(new Verdict.Pending());
        assertThat(verdict(comparison, "test")).isInstanceOf(Verdict.LeftOut.class);
        assertThat(comparison.recorded())
                .extracting(one -> one.id().id())
                .containsExactly("new", "ran", "always", "on-change", "test");
        assertThat(comparison.unknown()).containsExactly(new ChangeSetId("root.sql", "gone", "team"));
    }

    @Test
    void the_checksum_that_the_comparison_names_is_the_one_to_record() throws Exception {
        Verdict.Edited edited = (Verdict.Edited) verdict(compare("", "", List.of(row("new", OTHER))), "new");
        assertThat(verdict(compare("", "", List.of(row("new", edited.present()))), "new"))
                .isEqualTo(new Verdict.Recorded());
    }

    @Test
    void a_change_set_is_not_pending_if_its_only_change_never_runs_here() throws Exception {
        new ChangelogFolder(folder).file("root.yaml", """
                databaseChangeLog:
                  - changeSet: {id: oracle, author: team, changes: [{sql: {dbms: oracle, sql: SELECT 1}}]}
                  - changeSet: {id: two, author: team, changes: [{sql: {dbms: oracle, sql: a}}, {sql: {dbms: h2, sql: b}}]}
                  - changeSet: {id: not-here, author: team, runAlways: true, changes: [{insert: {dbms: "!postgresql", tableName: t, columns: [{column: {name: x, value: y}}]}}]}
                  - changeSet: {id: here, author: team, changes: [{sql: {dbms: "h2, postgresql", sql: SELECT 1}}]}
                  - changeSet: {id: windows, author: team, changes: [{executeCommand: {os: Windows 10, executable: dir}}]}
                  - changeSet: {id: edited, author: team, runOnChange: true, changes: [{sql: {dbms: h2, sql: SELECT 1}}]}
                  - changeSet: {id: none, author: team, changes: []}
                """);
        HistoryRow edited = new HistoryRow("root.yaml", "edited", "team", OTHER, null, 1, "EXECUTED", null);
        Comparison comparison =
                HistoryComparison.of(ChangelogParser.parse(settings("root.yaml", "", "")), List.of(edited));
        // Liquibase 5 passes over "two" as well.
        boolean four = LiquibaseUtil.getBuildVersion().startsWith("4.");
        assertThat(ids(comparison))
                .containsExactlyElementsOf(four ? List.of("two", "here", "none") : List.of("here", "none"));
        assertThat(verdict(comparison, "oracle"))
                .isEqualTo(leftOut(Verdict.Reason.DBMS, "its only change is for dbms oracle"));
        assertThat(verdict(comparison, "windows"))
                .isEqualTo(leftOut(Verdict.Reason.DBMS, "its only change is for another operating system"));
    }

    @Test
    void a_changelog_parsed_anew_takes_names_and_checksums_over() throws Exception {
        new ChangelogFolder(folder)
                .file("root.yaml", "databaseChangeLog: [{logicalFilePath: app}, {include: {file: root.sql}}]");
        List<HistoryRow> rows = List.of(row("ran", null));
        Changelog first = ChangelogParser.parse(settings("root.yaml", "", ""));
        assertThat(HistoryComparison.of(first, rows).recorded()).hasSize(1);
        Changelog second = first.continuedBy(ChangelogParser.parse(settings("root.yaml", "", "")));
        assertThat(second.changeSets())
                .extracting(one -> one.id().file())
                .containsExactly("app", "root.sql", "app", "app", "app", "app", "app", "app", "app");
    }

    private static Verdict.LeftOut leftOut(Verdict.Reason reason, String sentence) {
        return new Verdict.LeftOut(reason, sentence);
    }

    private static List<String> ids(Comparison comparison) {
        return comparison.pending().stream().map(one -> one.id().id()).toList();
    }

    private static Verdict verdict(Comparison comparison, String id) {
        return comparison.judged().stream()
                .filter(one -> one.changeSet().id().id().equals(id))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    private static HistoryRow row(String id, String checksum) {
        return new HistoryRow("root.sql", id, "team", checksum, null, 1, "EXECUTED", null);
    }

    private Comparison compare(String contexts, String labels, List<HistoryRow> rows) throws Exception {
        return HistoryComparison.of(ChangelogParser.parse(settings("root.sql", contexts, labels)), rows);
    }

    private ChangelogSettings settings(String file, String contexts, String labels) {
        return new ChangelogSettings(
                new ChangelogLocation(folder, file),
                contexts,
                labels,
                Map.of(),
                Optional.empty(),
                "databasechangelog",
                Map.of());
    }
}
