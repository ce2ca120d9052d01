package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.DatabaseCase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas whose names need quotes: what the first run creates, every later one finds. */
class SchemaNamesIT extends DatabaseCase {
    @ParameterizedTest
    @ValueSource(strings = {"HISTORY", "MixedCase", "My Schema", "with-hyphen", "2024", "a\"b", "user"})
    void a_history_schema_is_found_again_however_it_is_named(String schema) throws Exception {
        inSchema(schema, "--history-schema", schema);
        assertThat(database.rows("SELECT id FROM " + quoted(schema) + ".databasechangelog ORDER BY orderexecuted"))
                .containsExactly("one", "two");
        assertThat(database.holds("SELECT to_regclass('public.two') IS NOT NULL"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SALES", "MixedCase", "My Schema", "with-hyphen", "2024", "a\"b", "user"})
    void a_default_schema_is_found_again_however_it_is_named(String schema) throws Exception {
        inSchema(schema, "--schema", schema);
        assertThat(database.rows("SELECT id FROM " + quoted(schema) + ".databasechangelog ORDER BY orderexecuted"))
                .containsExactly("one", "two");
        assertThat(database.rows("SELECT tablename FROM pg_tables WHERE schemaname = '" + schema.replace("'", "''")
                        + "' ORDER BY 1"))
                .containsExactly("databasechangelog", "one", "two");
    }

    /** Two runs with something to do, a tag, and one with nothing: each looks for the history anew. */
    private void inSchema(String schema, String option, String value) throws Exception {
        database.execute("CREATE SCHEMA " + quoted(schema));
        changelog.file("named.yaml", yaml(List.of("one")));
        run("migrate", "--changelog", "named.yaml", option, value).exits(0);
        changelog.file("named.yaml", yaml(List.of("one", "two")));
        run("migrate", "--changelog", "named.yaml", option, value).exits(0);
        run("tag", "v1", "--changelog", "named.yaml", option, value).exits(0);
        run("status", "--check", "--changelog", "named.yaml", option, value).exits(0);
        run("migrate", "--changelog", "named.yaml", option, value).exits(0).says("Nothing to do");
    }

    private static String yaml(List<String> tables) {
        StringBuilder text = new StringBuilder("databaseChangeLog:\n");
        for (String table : tables) {
            text.append("""
                      - changeSet:
                          id: %s
                          author: team
                          changes:
                            - createTable:
                                tableName: %s
                                columns:
                                  - column: {name: id, type: int}
                    """.formatted(table, table));
        }
        return text.toString();
    }

    private static String quoted(String schema) {
        return '"' + schema.replace("\"", "\"\"") + '"';
    }
}
