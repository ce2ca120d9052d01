package dev.lockkeeper.run.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RepetitionTest {
    private final Repetition repetition = new Repetition(Duration.ofSeconds(10));

    private boolean due(String what, int second) {
        return repetition.due(what, Duration.ofSeconds(second));
    }

    @Test
    void what_is_new_is_reported_at_once_and_what_still_lasts_after_the_pause() {
        assertThat(due("pid 7", 0)).isTrue();
        assertThat(due("pid 7", 1)).isFalse();
        assertThat(due("pid 7", 10)).isFalse();
        assertThat(due("pid 7", 11)).isTrue();
        assertThat(due("pid 7", 12)).isFalse();
    }

    @Test
    void each_change_is_new() {
        assertThat(due("pid 7", 0)).isTrue();
        assertThat(due("pid 8", 1)).isTrue();
        assertThat(due("pid 7", 2)).isTrue();
        assertThat(due("pid 7", 11)).isFalse();
    }

    @Test
    void what_is_forgotten_is_new_again() {
        assertThat(due("pid 7", 0)).isTrue();
        repetition.forget();
        assertThat(due("pid 7", 1)).isTrue();
    }
}
