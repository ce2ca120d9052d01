package dev.lockkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.run.Stop;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InvocationTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Stop stop = new Stop();

    private int run(OutputStream out, String... arguments) {
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Invocation("test", Map.of(), printed, false, stop).run(arguments);
    }

    @Test
    void whoever_waits_for_the_end_gets_the_exit_code() {
        assertThat(run(bytes, "--version")).isZero();
        assertThat(stop.ending().await(Duration.ZERO)).contains(0);
        assertThat(run(bytes, "no-such")).isEqualTo(2);
        assertThat(stop.ending().await(Duration.ZERO)).contains(2);
    }

    @Test
    void problems_of_a_command_and_common_ones_are_reported_together() {
        assertThat(run(bytes, "baseline", "--wait", "soon", "--log-format", "json"))
                .isEqualTo(2);
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("LOCKKEEPER_WAIT (--wait)")
                .contains("baseline needs exactly one of")
                .doesNotContain("run.started");
    }
}
