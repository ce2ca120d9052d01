package dev.lockkeeper.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.model.ExitCode;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.model.event.RunResult;
import dev.lockkeeper.run.Stop;
import dev.lockkeeper.settings.Problems;
import dev.lockkeeper.settings.ReportSettings;
import dev.lockkeeper.settings.Settings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExecutionTest {
    private final Stop stop = new Stop();
    private final List<Event> events = new ArrayList<>();
    private final List<String> hidden = new ArrayList<>();

    private RunResult perform(Map<String, String> environment, Command.Work work) {
        Problems problems = new Problems();
        ReportSettings report = ReportSettings.from(environment, Map.of(), false, problems);
        Settings settings = Settings.from(environment, Map.of(), report, false, List.of(), problems);
        return new Execution(settings, "test", events::add, stop).perform("unlock", work, environment, hidden::add);
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGNAL", "DEADLINE"})
    void a_stop_between_two_steps_is_a_stop(Stop.Reason reason) {
        RunResult result = perform(Map.of(), run -> {
            stop.request(reason);
            run.stop().check();
            return new Outcome.Done("not reached");
        });
        stop.ending().ended(0);
        assertThat(result.outcome().exitCode())
                .isEqualTo(reason == Stop.Reason.SIGNAL ? ExitCode.STOPPED : ExitCode.DEADLINE_PASSED);
        assertThat(result.whatNow()).startsWith("Run unlock again.");
    }

    @Test
    void a_thread_that_dies_ends_the_run_as_a_defect() {
        RunResult result = perform(Map.of(), run -> {
            run.stop().died(new Thread("watch"), new NoClassDefFoundError("org/example/Absent"));
            run.stop().check();
            return new Outcome.Done("not reached");
        });
        stop.ending().ended(0);
        assertThat(result.outcome().exitCode()).isEqualTo(ExitCode.DEFECT);
        assertThat(result.outcome().happened()).contains("\"watch\" died", "org/example/Absent");
    }

    @ParameterizedTest
    @CsvSource({
        "42501, DATABASE_UNUSABLE",
        "55P03, TABLE_LOCKED",
        "08006, CONNECTION_LOST",
        "57P01, CONNECTION_LOST",
        "22012, DATABASE_UNUSABLE"
    })
    void an_error_of_the_database_outside_a_change_set_is_judged_by_its_sqlstate(String sqlState, ExitCode expected) {
        RunResult result = perform(Map.of(), run -> {
            throw new SQLException("no", sqlState);
        });
        assertThat(result.outcome().exitCode()).isEqualTo(expected);
    }

    @Test
    void what_nobody_expected_is_a_defect_and_its_stack_trace_is_in_the_debug_log() {
        RunResult result = perform(Map.of(), run -> {
            throw new IllegalStateException("unexpected");
        });
        assertThat(result.outcome().exitCode()).isEqualTo(ExitCode.DEFECT);
        assertThat(events).anySatisfy(event -> {
            assertThat(event.level()).isEqualTo(Event.Level.DEBUG);
            assertThat(event.toString()).contains("unexpected", "ExecutionTest");
        });
    }

    @Test
    void parameters_that_are_named_like_a_secret_are_hidden() {
        perform(Map.of("LOCKKEEPER_PARAMETERS", "api_Key=k1,region=eu,DB_PWD=p1"), run -> new Outcome.Done("Done."));
        assertThat(hidden).containsExactlyInAnyOrder("k1", "p1");
    }
}
