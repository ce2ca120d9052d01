package dev.lockkeeper.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "12, 12 ms",
        "3400, 3.4 s",
        "7000, 7 s",
        "60000, 1 min",
        "125000, 2 min 5 s",
        "5400000, 1 h 30 min",
        "90061000, 25 h 1 min 1 s"
    })
    void a_duration_is_written_in_units_that_fit_it(long millis, String text) {
        assertThat(Elapsed.text(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
