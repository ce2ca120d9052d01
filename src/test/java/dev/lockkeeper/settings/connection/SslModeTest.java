package dev.lockkeeper.settings.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SslModeTest {
    @Test
    void the_spellings_are_those_of_libpq() {
        assertThat(Arrays.stream(SslMode.values()).map(SslMode::text))
                .containsExactly("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    }

    @ParameterizedTest
    @EnumSource
    void every_mode_reads_back_what_it_writes(SslMode mode) {
        assertThat(SslMode.parse(mode.text())).isEqualTo(mode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"VERIFY-FULL", "Verify-Full", " verify-full\n"})
    void case_and_surrounding_space_do_not_matter(String text) {
        assertThat(SslMode.parse(text)).isEqualTo(SslMode.VERIFY_FULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "true", "verify_full", "verify", "verify-full x"})
    void anything_else_is_refused_with_the_valid_values(String text) {
        assertThatThrownBy(() -> SslMode.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no SSL mode:"
                        + " choose one of disable, allow, prefer, require, verify-ca, verify-full.");
    }
}
