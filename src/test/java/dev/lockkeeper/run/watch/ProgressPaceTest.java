package dev.lockkeeper.run.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressPaceTest {
    /** The seconds at which a change set is reported that is looked at once a second. */
    private static List<Integer> reported(ProgressPace pace, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .filter(second -> pace.due(Duration.ofSeconds(second)))
                .boxed()
                .toList();
    }

    @Test
    void a_log_gets_a_line_every_five_seconds_and_after_five_minutes_every_thirty() {
        ProgressPace pace = new ProgressPace(false);
        assertThat(reported(pace, 0, 16)).containsExactly(5, 10, 15);
        assertThat(reported(pace, 290, 370)).containsExactly(290, 295, 325, 355);
    }

    @Test
    void a_terminal_gets_one_every_second() {
        assertThat(reported(new ProgressPace(true), 0, 4)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void another_change_set_begins_anew() {
        ProgressPace pace = new ProgressPace(false);
        assertThat(reported(pace, 100, 101)).containsExactly(100);
        assertThat(reported(pace, 1, 6)).containsExactly(5);
    }
}
