package dev.lockkeeper.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionMarksTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            quoteCharacter = '`',
            value = {
                "select v ? 'a' = select v ?? 'a'",
                "select v ?| '{a}' and v ?& '{b}' = select v ??| '{a}' and v ??& '{b}'",
                "select v ?? 'a', v ??| '{a}' = select v ?? 'a', v ??| '{a}'",
                "select 'who?', E'\\'?', $$?$$, U&'?' = select 'who?', E'\\'?', $$?$$, U&'?'",
                "select \"a?\" /* ? */ -- ? = select \"a?\" /* ? */ -- ?",
                "? = ??",
                "??? = ????",
            })
    void single_ones_outside_literals_are_doubled(String sql, String doubled) {
        assertThat(QuestionMarks.doubled(sql)).isEqualTo(doubled);
        assertThat(QuestionMarks.doubled(doubled)).isEqualTo(doubled);
    }
}
