package dev.lockkeeper.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreatedIndexTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            create index i on t (a)                                   |     | i    | t   | false
            CREATE UNIQUE INDEX I ON T (a)                            |     | i    | t   | true
            create index concurrently i on only app.t using gin (a)   | app | i    | t   | false
            create unique index concurrently if not exists i on t (a) |     | i    | t   | true
            create index if not exists i on t (a)                     |     | i    | t   | false
            create index "I x" on "App"."T""t" (a)                    | App | I x  | T"t | false
            create index if on t (a)                                  |     | if   | t   | false
            create index U&"d\\0061t\\+000061" on t (a)                 |     | data | t   | false
            create index U&"d!0061t!!" uescape '!' on t (a)           |     | dat! | t   | false
            create index U&"a\\+FFFFFF" uescape '' on t (a)            |     | a\\+FFFFFF | t | false
            create index GRÖSSE on größe (a)                          |     | grÖsse | größe | false
            """)
    void create_index_names_what_it_makes(String sql, String schema, String name, String table, boolean unique) {
        CreatedIndex index = new SqlStatement(sql).createdIndex().orElseThrow();
        assertThat(index)
                .isEqualTo(new CreatedIndex(Optional.ofNullable(schema), name, table, index.definition(), unique));
        assertThat(sql.strip()).endsWith(index.definition().strip());
    }

    @Test
    void its_definition_is_what_follows_the_table() {
        assertThat(new SqlStatement("CREATE INDEX i ON ONLY s.t /* c */ USING gin (a gin_ops, lower(b)) WHERE c > 1")
                        .createdIndex()
                        .orElseThrow()
                        .definition())
                .isEqualTo("USING gin (a gin_ops, lower(b)) WHERE c > 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index on t (a)",
                "create index concurrently on t (a)",
                "create unique index",
                "create index i",
                "create index i on",
                "create table index (i int)",
                "drop index i",
                "create view v as select 'create index i on t'",
                "unique index i on t"
            })
    void other_statements_make_no_index_with_a_name(String sql) {
        assertThat(new SqlStatement(sql).createdIndex()).isEmpty();
    }

    @Test
    void a_name_is_as_long_as_the_server_keeps_it() {
        assertThat(nameOf("a".repeat(63))).isEqualTo("a".repeat(63));
        assertThat(nameOf("a".repeat(64))).isEqualTo("a".repeat(63));
        assertThat(nameOf('"' + "A".repeat(70) + '"')).isEqualTo("A".repeat(63));
        assertThat(nameOf("a".repeat(62) + "öö")).isEqualTo("a".repeat(62));
        assertThat(nameOf("a".repeat(61) + "öö")).isEqualTo("a".repeat(61) + "ö");
    }

    private static String nameOf(String index) {
        return new SqlStatement("create index " + index + " on t (a)")
                .createdIndex()
                .orElseThrow()
                .name();
    }
}
