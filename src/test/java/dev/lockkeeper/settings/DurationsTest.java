package dev.lockkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"500ms,500", "2s,2000", "10m,600000", "1h30m,5400000", "0,0", "1 h,3600000"})
    void durations_are_read_as_people_write_them(String text, long millis) {
        assertThat(Durations.parse(text)).hasMillis(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "s", "-1s", "1y", "", "1.5s"})
    void what_is_no_duration_is_refused(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).hasMessageContaining("isn't a duration");
    }
}
