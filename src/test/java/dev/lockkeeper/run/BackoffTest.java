package dev.lockkeeper.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    @ParameterizedTest
    @CsvSource({"1, 250, 500", "2, 375, 750", "3, 562, 1125", "20, 10000, 20000", "10000, 10000, 20000"})
    void pauses_grow_up_to_twenty_seconds_and_are_jittered_by_half(int failures, long least, long most) {
        for (int i = 0; i < 100; i++) {
            assertThat(Backoff.pause(failures)).isBetween(Duration.ofMillis(least), Duration.ofMillis(most));
        }
    }
}
