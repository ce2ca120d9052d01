package dev.lockkeeper.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void what_would_break_the_line_or_move_the_cursor_is_written_out() {
        assertThat(OneLine.of("1\n\nDONE\r\t\u001b[32m\u009b1m\u2028x"))
                .isEqualTo("1\\n\\nDONE\\r\\t\\u001b[32m\\u009b1m\\u2028x");
        assertThat(OneLine.of("für Größe, 0017-add")).isEqualTo("für Größe, 0017-add");
    }
}
