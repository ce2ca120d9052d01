package dev.lockkeeper.sql.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexPartsTest {

    @Test
    void every_part_is_as_written() {
        assertThat(IndexParts.parse("""
                USING gist (a, s.t."B" COLLATE "C" DESC, lower(t.c, 'x)') ops (siglen = 32, x), ((d + 1) * 2) NULLS LAST /* c */)
                INCLUDE (e, "F") NULLS NOT DISTINCT WITH (fillfactor = 70) TABLESPACE ts WHERE a > 1 AND (b) -- why
                """))
                .contains(new IndexParts(
                        "USING gist",
                        List.of(
                                new IndexParts.Key("a", ""),
                                new IndexParts.Key("s.t.\"B\"", "COLLATE \"C\" DESC"),
                                new IndexParts.Key("lower(t.c, 'x)')", "ops (siglen = 32, x)"),
                                new IndexParts.Key("((d + 1) * 2)", "NULLS LAST")),
                        List.of("e", "\"F\""),
                        "NULLS NOT DISTINCT WITH (fillfactor = 70) TABLESPACE ts",
                        Optional.of("a > 1 AND (b)")));
        assertThat(IndexParts.parse("(a)"))
                .contains(new IndexParts("", List.of(new IndexParts.Key("a", "")), List.of(), "", Optional.empty()));
    }

    @Test
    void a_tablespace_is_seen() {
        assertThat(IndexParts.parse("(a) TABLESPACE ts").orElseThrow().namesTablespace())
                .isTrue();
        assertThat(IndexParts.parse("(tablespace) WITH (fillfactor = 9)")
                        .orElseThrow()
                        .namesTablespace())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "(a", "USING", "WHERE x"})
    void other_text_is_no_definition(String text) {
        assertThat(IndexParts.parse(text)).isEmpty();
    }
}
