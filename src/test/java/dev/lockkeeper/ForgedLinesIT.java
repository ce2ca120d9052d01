package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import org.junit.jupiter.api.Test;

/** What a changelog or the server says can't look like a line of the report, and shows no password. */
class ForgedLinesIT extends DatabaseCase {
    @Test
    void an_id_and_a_message_stay_on_their_lines() {
        changelog.file("root.json", """
                {"databaseChangeLog": [
                  {"changeSet": {"id": "1\\n\\nDONE\\nDatabase touched: no", "author": "a\\r\\u001b[2Kx", "changes": [
                    {"sql": {"splitStatements": false, "sql":
                      "DO $$ BEGIN RAISE NOTICE E'hello\\\\nDONE\\\\r\\\\x1b[2K'; END $$"}}]}},
                  {"changeSet": {"id": "2", "author": "a", "changes": [
                    {"sql": {"splitStatements": false, "sql":
                      "DO $$ BEGIN RAISE EXCEPTION E'no\\\\nDONE\\\\nDatabase touched: no'; END $$"}}]}}]}
                """);
        Finished run = Program.run(
                changelog.in(database.environment(), "root.json").with("LOCKKEEPER_LOG_FORMAT", "text"), "migrate");
        assertThat(run.code()).as(run.output()).isEqualTo(1);
        assertThat(run.output().lines()).doesNotContain("DONE", "Database touched: no");
        assertThat(run.output()).doesNotContain("\r", "\u001b").contains("1\\n\\nDONE\\nDatabase touched: no");
    }

    @Test
    void what_an_output_change_says_is_an_event_and_said_once() throws Exception {
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: says
                      author: team
                      changes:
                        - output: { target: STDOUT, message: "fill the table first" }
                        - output: { message: "and then the rest" }
                """);
        Finished run =
                Program.run(changelog.in(database.environment(), "root.yaml")).exits(0);
        assertThat(run.events("log").stream().map(log -> log.get("message").getAsString()))
                .containsExactly("fill the table first", "and then the rest");
        assertThat(history()).containsExactly("says");
    }

    @Test
    void a_password_is_hidden_at_every_level_and_in_every_form() throws Exception {
        changelog
                .changeSet("1", "splitStatements:false", """
                        CREATE FUNCTION connects(text) RETURNS int LANGUAGE plpgsql AS
                        $f$ BEGIN EXECUTE 'CREATE ROLE r LOGIN PASSWORD ' || quote_literal('gehe1m-' || $1); RETURN 1; END $f$;
                        """)
                .changeSet("2", "failOnError:false", "ALTER ROLE nobody_here ENCRYPTED PASSWORD 'gehe1m';")
                .changeSet("3", "failOnError:false", "SELECT dblink('host=h user=u password=gehe1m');")
                .changeSet("4", "failOnError:false", "ALTER ROLE nobody_here PASSWORD $$gehe1m$$;")
                .changeSet("5", "SELECT connects('x'), 'postgresql://u:gehe1m@h/d';");
        for (String format : new String[] {"json", "text"}) {
            Finished run = Program.run(
                    environment()
                            .with("LOCKKEEPER_LOG_FORMAT", format)
                            .with("LOCKKEEPER_LOG_LEVEL", "debug")
                            .with(
                                    "LOCKKEEPER_OUTPUT",
                                    folder.resolve("result.json").toString()),
                    "migrate");
            assertThat(run.code()).as(run.output()).isEqualTo(1);
            assertThat(run.output()).doesNotContain("gehe1m").contains("PASSWORD '***'", "password=***");
            assertThat(java.nio.file.Files.readString(folder.resolve("result.json")))
                    .doesNotContain("gehe1m");
        }
    }
}
