package dev.lockkeeper.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.FailedChangeSet;
import dev.lockkeeper.model.NotApplied;
import dev.lockkeeper.model.event.Answer;
import dev.lockkeeper.model.event.ChangeSetEvent;
import dev.lockkeeper.model.event.ConnectionEvent;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.model.event.RunResult;
import dev.lockkeeper.settings.ReportSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReporterTest {
    private static final int LOG_DRIVER_SPLITS_AT = 16 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Redactor redactor = new Redactor();

    private Reporter reporter(ReportSettings.Format format, Event.Level level, boolean colour) {
        return Reporter.of(
                new ReportSettings(format, level, "Lockkeeper", Optional.empty(), colour, colour),
                new PrintStream(bytes, true, StandardCharsets.UTF_8),
                redactor);
    }

    private String output() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static RunResult large() {
        List<ChangeSetId> pending = IntStream.range(0, 5_000)
                .mapToObj(i -> new ChangeSetId("changes/" + "x".repeat(200) + i, "id" + i, "team"))
                .toList();
        FailedChangeSet failed = new FailedChangeSet(
                Samples.changeSet("ä".repeat(3_000), "1"),
                FailedChangeSet.Kind.OTHER,
                "42601",
                "\u0001\"".repeat(50_000),
                "SELECT 'hidden-thing' ".repeat(5_000),
                Optional.empty());
        return new RunResult(
                "migrate",
                new NotApplied.ChangeSetFailed(failed, true),
                "Fix it.",
                RunResult.Effect.NONE,
                new RunResult.Took(Duration.ofSeconds(3), Duration.ZERO),
                Optional.of(new Answer.Migrated(List.of(), List.of(), pending, 0)));
    }

    @Test
    void the_secret_parts_of_any_iam_token_are_hidden_without_being_registered() {
        reporter(ReportSettings.Format.JSON, Event.Level.INFO, false)
                .accept(new Event.Message(
                        Event.Level.INFO,
                        "db:5432/?Action=connect&X-Amz-Security-Token=IQoJ%2Fb3&X-Amz-Credential=AKIA%2F1&X-Amz-Date=1"
                                + "&X-Amz-Signature=0123abcd, said X-Amz-Signature=0123…"));
        assertThat(output())
                .doesNotContain("IQoJ", "AKIA", "0123")
                .contains("Action=connect")
                .contains("X-Amz-Date=1");
    }

    @Test
    void every_machine_read_line_stays_below_what_the_log_driver_splits() {
        redactor.hide("hidden-thing");
        reporter(ReportSettings.Format.JSON, Event.Level.INFO, false).accept(new Event.RunFinished(large()));
        List<String> lines = output().lines().toList();
        assertThat(lines).hasSize(2).allSatisfy(line -> {
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThan(LOG_DRIVER_SPLITS_AT);
            assertThat(JsonParser.parseString(line).isJsonObject()).isTrue();
        });
        assertThat(lines.get(1)).contains("\"pendingCount\":5000", "\"exitCode\":1");
        assertThat(output()).doesNotContain("hidden-thing");
    }

    @Test
    void a_secret_is_hidden_in_json_and_in_text_even_if_it_must_be_escaped() {
        redactor.hide("quo\"te\\back");
        Event event = new Event.Message(Event.Level.WARN, "the server said quo\"te\\back");
        reporter(ReportSettings.Format.JSON, Event.Level.INFO, false).accept(event);
        reporter(ReportSettings.Format.TEXT, Event.Level.INFO, false).accept(event);
        assertThat(output()).doesNotContain("quo").contains("the server said ***");
    }

    @Test
    void colour_and_level_are_as_configured() {
        Event quiet = new Event.Message(Event.Level.INFO, "quiet");
        Event loud = new Event.Message(Event.Level.WARN, "loud");
        Reporter warnings = reporter(ReportSettings.Format.TEXT, Event.Level.WARN, false);
        warnings.accept(quiet);
        warnings.accept(loud);
        assertThat(output()).contains("loud").doesNotContain("quiet").doesNotContain("\u001b");
        reporter(ReportSettings.Format.TEXT, Event.Level.WARN, true).accept(loud);
        assertThat(output()).contains("\u001b[33m");
    }

    @Test
    void a_secret_that_is_a_word_of_ours_leaves_the_json_whole_and_one_that_is_cut_leaves_no_piece() {
        redactor.hide("true");
        redactor.hide("exitCode");
        redactor.hide("migrate");
        redactor.hide("hidden-thing-at-the-end");
        Reporter reporter = reporter(ReportSettings.Format.JSON, Event.Level.INFO, false);
        reporter.accept(new Event.RunFinished(large()));
        String last = output().lines().reduce((first, second) -> second).orElseThrow();
        JsonObject end = JsonParser.parseString(last).getAsJsonObject();
        assertThat(end.get("success").getAsBoolean()).isFalse();
        assertThat(end.get("command").getAsString()).isEqualTo("migrate");
        assertThat(end.get("exitCode").getAsInt()).isEqualTo(1);
        bytes.reset();
        for (int cut = 3_980; cut < 4_000; cut++) {
            reporter.accept(new ConnectionEvent.Notice(
                    "NOTICE", "00000", "x".repeat(cut) + "hidden-thing-at-the-end", Optional.empty()));
        }
        assertThat(output()).doesNotContain("hidd");
        bytes.reset();
        reporter(ReportSettings.Format.TEXT, Event.Level.INFO, false)
                .accept(new Event.Message(Event.Level.INFO, "in: SELECT 'hidden-thing-a …"));
        assertThat(output()).isEqualTo("in: SELECT '***…\n");
    }

    @Test
    void control_characters_of_others_do_not_reach_a_terminal() {
        reporter(ReportSettings.Format.TEXT, Event.Level.INFO, true)
                .accept(new ConnectionEvent.Notice("NOTICE", "00000", "a\u001b[2Jb\rc\u0007d\ne", Optional.empty()));
        assertThat(output()).isEqualTo("    NOTICE: a[2Jbcd\n        e\n");
    }

    @Test
    void progress_is_one_line_written_over_on_a_terminal_and_lines_elsewhere() {
        ChangeSetEvent.Progress half = new ChangeSetEvent.Progress(
                Samples.changeSet("f.sql", "1"),
                Duration.ofSeconds(65),
                Optional.of("CREATE INDEX CONCURRENTLY: building index"),
                Optional.of(50.4),
                Optional.empty());
        ChangeSetEvent.Progress rows = new ChangeSetEvent.Progress(
                Samples.changeSet("f.sql", "2"),
                Duration.ofSeconds(7),
                Optional.empty(),
                Optional.empty(),
                Optional.of(3_000L));
        Reporter terminal = reporter(ReportSettings.Format.TEXT, Event.Level.INFO, true);
        terminal.accept(half);
        terminal.accept(rows);
        terminal.accept(new Event.Message(Event.Level.INFO, "next"));
        assertThat(output())
                .isEqualTo(
                        "    f.sql::1: [##########..........]  50 % CREATE INDEX CONCURRENTLY: building index,"
                                + " running for 1 min 5 s\r\u001b[K    f.sql::2: 3000 rows so far, running for 7 s\r\u001b[Knext\n");
        bytes.reset();
        reporter(ReportSettings.Format.TEXT, Event.Level.INFO, false).accept(rows);
        assertThat(output()).isEqualTo("    f.sql::2: 3000 rows so far, running for 7 s\n");
        bytes.reset();
        reporter(ReportSettings.Format.JSON, Event.Level.INFO, false).accept(half);
        assertThat(output()).contains("\"event\":\"progress\"", "\"percent\":50.4", "\"elapsedMs\":65000");
    }
}
