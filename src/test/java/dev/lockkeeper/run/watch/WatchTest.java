package dev.lockkeeper.run.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WatchTest {
    @Test
    void a_change_set_that_has_just_begun_is_not_looked_at() {
        assertThat(Watch.isDue(Duration.ofMillis(99), 0)).isFalse();
        assertThat(Watch.isDue(Duration.ofMillis(100), 1)).isTrue();
    }

    @Test
    void one_that_runs_for_long_is_looked_at_less_often() {
        assertThat(looks(Duration.ofMillis(4_999))).isEqualTo(10);
        assertThat(looks(Duration.ofSeconds(5))).isEqualTo(2);
    }

    /** In one second. */
    private static long looks(Duration elapsed) {
        return LongStream.range(0, 10)
                .filter(tick -> Watch.isDue(elapsed, tick))
                .count();
    }
}
