package dev.lockkeeper.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lockkeeper.model.ExitCode;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.event.Answer;
import dev.lockkeeper.model.event.ChangeSetEvent;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.model.event.RunResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RendererTest {
    private final Redactor redactor = new Redactor();
    private final Renderer text = new TextRenderer(new Ink(false), redactor, false);
    private final Renderer terminal = new TextRenderer(new Ink(false), redactor, true);
    private final Renderer json = new JsonRenderer(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), "Lockkeeper", redactor);

    private static String all(Renderer renderer) {
        return Samples.events().stream()
                .flatMap(event -> renderer.lines(event).stream())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void every_event_has_its_text() {
        assertThat(all(text)).isEqualTo("""
                Lockkeeper 1.0: migrate of /changelog/changelog-root.yaml
                Connected to db:5432/app as owner, PostgreSQL 17.2
                State before: pending. 16 change sets pending.
                    pending 0004-load-queues
                [3/16] 0004-load-queues applied in 12 ms, 40 rows
                Warning [3/16] 0004-load-queues was skipped: its precondition failed
                    0004-load-queues: rolled back, attempt 1 of 31: no lock. Next attempt in 500 ms.
                [3/16] 0004-load-queues failed after 2 s
                    0004-load-queues: [##########..........]  50 % building index, running for 1 min 5 s
                    0004-load-queues: waiting for ACCESS EXCLUSIVE on jobs, 1 s so far
                      held by pid 7
                Connection lost (terminated). Connecting again.
                    0004-load-queues: NOTICE: half done
                Warning changes/x.sql::1::team: it commits by itself
                Warning The row is old.
                WARN liquibase.x: odd
                trace

                DONE
                1 change set applied.
                Database touched: yes, 1 change set applied
                State after: up-to-date. The schema is up to date.
                Took 3.4 s, of which 1 s waiting for another runner""");
    }

    @Test
    void every_event_has_its_json() {
        String id = "{\"file\":\"changes/0004-load-queues.sql\",\"id\":\"0004-load-queues\",\"author\":\"team\"}";
        String failed = "\"changeSet\":ID,\"transactional\":true,\"sqlState\":\"55P03\",\"message\":\"no lock\","
                + "\"statement\":\"ALTER TABLE jobs\",\"sourceFile\":\"changes/0004-load-queues.sql\",\"sourceLine\":7";
        String blockers = "\"blockers\":[{\"who\":\"pid 7\",\"text\":\"pid 7\"}]";
        String expected = """
                "info","event":"run.started","command":"migrate","version":"1.0","changelog":"/changelog/changelog-root.yaml"
                "info","event":"connected","address":"db:5432/app","user":"owner","server":"PostgreSQL 17.2"
                "info","event":"state","state":"pending","message":"16 change sets pending."
                "info","event":"changeset.pending","changeSet":ID,"transactional":true
                "info","event":"changeset.started","changeSet":ID,"transactional":true,"number":3,"total":16
                "info","event":"changeset.applied","changeSet":ID,"execType":"EXECUTED","durationMs":12,"rows":40
                "warn","event":"changeset.skipped","changeSet":ID,"reason":"its precondition failed"
                "warn","event":"changeset.retried","attempt":1,"attempts":31,"pauseMs":500,BLOCKERS,FAILED
                "error","event":"changeset.failed","durationMs":2000,FAILED
                "info","event":"progress","changeSet":ID,"elapsedMs":65000,"phase":"building index","percent":50.4
                "warn","event":"lock.waiting","what":"ACCESS EXCLUSIVE on jobs","changeSet":ID,BLOCKERS,"waitedMs":1000
                "warn","event":"connection.lost","message":"terminated"
                "info","event":"notice","severity":"NOTICE","message":"half done","changeSet":ID
                "warn","event":"finding","where":"changes/x.sql::1::team","message":"it commits by itself"
                "warn","event":"message","message":"The row is old."
                "warn","event":"log","logger":"liquibase.x","message":"odd","stackTrace":"trace"
                """.replace("FAILED", failed)
                .replace("BLOCKERS", blockers)
                .replace("ID", id)
                .lines()
                .map(line -> "{\"time\":\"1970-01-01T00:00:00Z\",\"level\":" + line + "}")
                .collect(Collectors.joining("\n"));
        List<String> lines = all(json).lines().toList();
        assertThat(String.join("\n", lines.subList(0, lines.size() - 2))).isEqualTo(expected);
    }

    @Test
    void a_result_has_the_same_fields_for_every_command() {
        RunResult migrated =
                ((Event.RunFinished) Samples.events().get(Samples.events().size() - 1)).result();
        RunResult compared = Samples.result(
                new Outcome.Done("1 change set pending."), new Answer.Compared(List.of(Samples.QUEUES.id())));
        JsonObject migrate = last(migrated);
        JsonObject status = last(compared);
        assertThat(status.keySet()).isEqualTo(migrate.keySet());
        assertThat(migrate.toString())
                .contains("\"appliedCount\":1", "\"pendingCount\":0", "\"retriedCount\":2", "\"lockWaitMs\":1000");
        assertThat(status.toString()).contains("\"appliedCount\":0", "\"pendingCount\":1", "\"retriedCount\":0");
    }

    private JsonObject last(RunResult result) {
        List<String> lines = json.lines(new Event.RunFinished(result));
        return JsonParser.parseString(lines.get(1)).getAsJsonObject();
    }

    @Test
    void that_something_is_pending_is_an_answer_and_not_a_failure() {
        Event.RunFinished pending = new Event.RunFinished(Samples.result(
                new Outcome.Answered(ExitCode.PENDING, "1 change set pending.", "Run migrate."),
                new Answer.Compared(List.of(Samples.QUEUES.id()))));
        Event.RunFinished refused = new Event.RunFinished(
                Samples.result(new Refused.StateRefused("Untracked.", "Adopt it."), new Answer.Compared(List.of())));
        assertThat(json.lines(pending).get(0)).contains("\"Failed\":0");
        assertThat(json.lines(pending).get(1)).contains("\"level\":\"info\"", "\"success\":false", "\"exitCode\":10");
        assertThat(json.lines(refused).get(0)).contains("\"Failed\":1");
        assertThat(json.lines(refused).get(1)).contains("\"level\":\"error\"", "\"exitCode\":6");
    }

    @Test
    void a_terminal_shows_what_is_running_and_a_log_does_not() {
        ChangeSetEvent.Started started = new ChangeSetEvent.Started(Samples.QUEUES, Samples.THIRD);
        assertThat(terminal.lines(started)).containsExactly("[3/16] 0004-load-queues");
        assertThat(text.lines(started)).isEmpty();
    }

    @Test
    void rows_are_named_only_if_there_are_any_and_what_did_not_run_is_not_called_applied() {
        assertThat(text.lines(new ChangeSetEvent.Applied(
                        Samples.QUEUES, Samples.THIRD, "EXECUTED", Duration.ofMillis(7), 0, Optional.empty())))
                .containsExactly("[3/16] 0004-load-queues applied in 7 ms");
        assertThat(text.lines(new ChangeSetEvent.Applied(
                        Samples.QUEUES, Samples.THIRD, "MARK_RAN", Duration.ofMillis(7), 0, Optional.empty())))
                .containsExactly("[3/16] 0004-load-queues marked as ran, not run");
    }
}
