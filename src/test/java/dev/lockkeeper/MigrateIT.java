package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What migrate does when it can do its work. */
class MigrateIT extends DatabaseCase {
    @Test
    void the_sample_changelog_is_applied_and_then_there_is_nothing_to_do() throws Exception {
        var environment = database.environment().with("LOCKKEEPER_CHANGELOG_ROOT", "changelog");
        Finished first = Program.run(environment).exits(0);
        assertThat(first.text("stateBefore")).isEqualTo("empty");
        assertThat(first.text("stateAfter")).isEqualTo("up-to-date");
        assertThat(first.text("databaseTouched")).isEqualTo("yes");
        assertThat(first.events("notice")).isNotEmpty();
        int applied = first.result().get("appliedCount").getAsInt();
        assertThat(first.events("changeset.applied")).hasSize(applied);
        assertThat(history()).hasSize(applied);
        assertThat(database.rows("SELECT DISTINCT filename FROM databasechangelog"))
                .allMatch(file -> file.startsWith("changes/"));
        assertThat(database.rows("SELECT 1 FROM pg_index WHERE NOT indisvalid")).isEmpty();

        Finished second = Program.run(environment, "migrate").exits(0).untouched();
        assertThat(second.text("stateBefore")).isEqualTo("up-to-date");
        assertThat(second.result().get("appliedCount").getAsInt()).isZero();
    }

    @Test
    void a_change_set_and_its_history_row_are_one_transaction() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int); INSERT INTO a VALUES (1);");
        run().exits(0);
        assertThat(database.holds("SELECT a.xmin = h.xmin FROM a, databasechangelog h"))
                .isTrue();
    }

    @Test
    void a_statement_that_fails_takes_its_change_set_back_and_leaves_those_before() throws Exception {
        changelog.changeSet("1", "CREATE TABLE kept (x int);");
        changelog.changeSet("2", """
                CREATE TABLE gone (x int);
                INSERT INTO gone VALUES (1);
                INSERT INTO nowhere VALUES (1);""");
        Finished run = run().exits(1).says("root.sql::2::team", "42P01", "nowhere", "rolled back", "before it stay");
        assertThat(run.result().getAsJsonObject("failed").get("sqlState").getAsString())
                .isEqualTo("42P01");
        assertThat(run.text("databaseTouched")).isEqualTo("yes");
        assertThat(run.events("changeset.failed")).hasSize(1);
        assertThat(history()).containsExactly("1");
        assertThat(database.holds("SELECT to_regclass('gone') IS NULL AND to_regclass('kept') IS NOT NULL"))
                .isTrue();
    }

    @Test
    void if_the_first_change_set_fails_none_before_it_is_said_to_stay() throws Exception {
        changelog.changeSet("1", "SELECT * FROM nowhere;");
        assertThat(run().exits(1).text("happened")).endsWith("It was rolled back.");
    }

    @Test
    void a_deferred_constraint_that_fails_at_commit_is_the_change_sets_failure() throws Exception {
        changelog.changeSet("1", """
                CREATE TABLE p (x int PRIMARY KEY);
                CREATE TABLE c (x int REFERENCES p DEFERRABLE INITIALLY DEFERRED);""");
        changelog.changeSet("2", "INSERT INTO c VALUES (7);");
        run().exits(1).says("root.sql::2::team", "23503");
        assertThat(history()).containsExactly("1");
        assertThat(database.one("SELECT count(*) FROM c")).isEqualTo("0");
    }

    @Test
    void a_commit_inside_a_change_set_is_named() throws Exception {
        changelog.changeSet("1", """
                CREATE TABLE a (x int);
                COMMIT;
                CREATE TABLE b (x int);""");
        Finished run = run().exits(0);
        assertThat(run.events("finding").toString()).contains("root.sql::1::team", "COMMIT");
        assertThat(history()).containsExactly("1");
    }

    @Test
    void what_its_own_settings_pass_over_is_a_warning_unless_that_is_forbidden() throws Exception {
        changelog.changeSet("1", "failOnError:false", "SELECT * FROM nowhere;");
        changelog.changeSet("2", "failOnError:false", """
                CREATE TABLE p (x int PRIMARY KEY, y int REFERENCES p DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO p VALUES (1, 2);""");
        changelog.changeSet("3", """
                --preconditions onFail:CONTINUE
                --precondition-sql-check expectedResult:1 SELECT 0
                SELECT 1;""");
        changelog.changeSet("4", """
                --preconditions onFail:MARK_RAN
                --precondition-sql-check expectedResult:1 SELECT 0
                SELECT 1;""");
        changelog.changeSet("5", "CREATE TABLE last (x int);");
        Finished run = run().exits(0);
        assertThat(run.events("changeset.skipped")).hasSize(3);
        run.says("3 skipped", "stays pending", "--fail-on-skip");
        assertThat(run.result().get("skippedCount").getAsInt()).isEqualTo(3);
        assertThat(history()).containsExactly("4", "5");
        assertThat(database.one("SELECT exectype FROM databasechangelog WHERE id = '4'"))
                .isEqualTo("MARK_RAN");

        run("--fail-on-skip").exits(1).says("root.sql::1::team", "root.sql::3::team", "--fail-on-skip");
    }

    @Test
    void a_range_ends_at_a_tag_or_after_a_count_and_a_tag_marks_what_was_reached() throws Exception {
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - changeSet: {id: 1, author: team, changes: [{sql: {sql: CREATE TABLE a (x int)}}]}
                  - changeSet: {id: 2, author: team, changes: [{tagDatabase: {tag: v1}}]}
                  - changeSet: {id: 3, author: team, changes: [{sql: {sql: CREATE TABLE b (x int)}}]}
                  - changeSet: {id: 4, author: team, changes: [{sql: {sql: CREATE TABLE c (x int)}}]}
                """);
        var environment = changelog.in(database.environment(), "root.yaml");
        Program.run(environment, "--to-tag", "v9")
                .exits(2)
                .says("v9", "v1", "only the database has")
                .untouched();
        Program.run(environment, "--to-tag", "v1").exits(0);
        assertThat(history()).containsExactly("1", "2");
        Finished counted = Program.run(environment, "migrate", "--count", "1", "--tag", "mine")
                .exits(0);
        assertThat(counted.says("The level is tagged mine.").text("stateAfter")).isEqualTo("pending");
        assertThat(history()).containsExactly("1", "2", "3");
        assertThat(database.one("SELECT tag FROM databasechangelog WHERE id = '3'"))
                .isEqualTo("mine");
        Program.run(environment).exits(0);
        Program.run(environment, "--tag", "other").exits(0);
        assertThat(database.one("SELECT tag FROM databasechangelog WHERE id = '4'"))
                .isEqualTo("other");
        assertThat(Program.run(environment, "--tag", "another")
                        .exits(0)
                        .untouched()
                        .output())
                .contains("another wasn't set");
        Program.run(environment, "tag", "named").exits(0);
        assertThat(database.one("SELECT tag FROM databasechangelog WHERE id = '4'"))
                .isEqualTo("named");
    }

    @Test
    void notices_are_reported_with_their_severity_while_a_block_still_runs() throws Exception {
        changelog.changeSet("1", "splitStatements:false", """
                DO $$ BEGIN
                  RAISE NOTICE 'begun';
                  PERFORM pg_sleep(1.5);
                  RAISE WARNING 'nearly';
                END $$;""");
        Finished run = run().exits(0);
        List<JsonObject> notices = run.events("notice");
        assertThat(notices)
                .extracting(notice -> notice.get("severity").getAsString())
                .containsExactly("NOTICE", "WARNING");
        assertThat(notices)
                .extracting(notice -> notice.get("level").getAsString())
                .containsExactly("info", "warn");
        assertThat(notices)
                .extracting(notice -> notice.get("message").getAsString())
                .containsExactly("begun", "nearly");
        var begun = java.time.Instant.parse(notices.get(0).get("time").getAsString());
        var applied = java.time.Instant.parse(
                run.events("changeset.applied").get(0).get("time").getAsString());
        assertThat(java.time.Duration.between(begun, applied)).isGreaterThan(java.time.Duration.ofSeconds(1));
    }

    @Test
    void role_schema_history_and_parameters_are_as_configured() throws Exception {
        database.executeAsSuperuser("CREATE ROLE " + database.role() + "_owner; GRANT " + database.role() + "_owner TO "
                + database.role() + "; CREATE SCHEMA target AUTHORIZATION " + database.role()
                + "_owner; CREATE SCHEMA \"Log\" AUTHORIZATION " + database.role() + "_owner");
        changelog.changeSet("1", "CREATE TABLE ${table} (x int);");
        var environment = changelog
                .in(database.environment())
                .with("LOCKKEEPER_ROLE", database.role() + "_owner")
                .with("LOCKKEEPER_SCHEMA", "target")
                .with("LOCKKEEPER_HISTORY_SCHEMA", "Log")
                .with("LOCKKEEPER_HISTORY_TABLE", "OurHistory")
                .with("LOCKKEEPER_PARAMETERS", "table=things,other=1");
        Program.run(environment).exits(0);
        assertThat(database.one(
                        "SELECT tableowner FROM pg_tables WHERE schemaname = 'target' AND tablename = 'things'"))
                .isEqualTo(database.role() + "_owner");
        assertThat(database.one("SELECT count(*) FROM \"Log\".ourhistory")).isEqualTo("1");
        assertThat(Program.run(environment, "status").exits(0).text("stateBefore"))
                .isEqualTo("up-to-date");
        Program.run(environment.with("LOCKKEEPER_SCHEMA", "nowhere"))
                .exits(4)
                .says("nowhere")
                .untouched();
        Program.run(environment.with("LOCKKEEPER_ROLE", "nobody"))
                .exits(4)
                .says("nobody")
                .untouched();
        database.executeAsSuperuser(
                "DROP OWNED BY " + database.role() + "_owner; DROP ROLE " + database.role() + "_owner");
    }

    @Test
    void database_parameters_give_the_same_checksum_with_every_command() throws Exception {
        changelog.changeSet("1", "CREATE TABLE v AS SELECT '${database.databaseMajorVersion}' AS major;");
        run().exits(0);
        assertThat(database.one("SELECT major FROM v")).doesNotContain("$");
        assertThat(run("status").exits(0).text("stateBefore")).isEqualTo("up-to-date");
        run().exits(0).untouched();
    }

    @Test
    void an_index_built_concurrently_is_valid_and_a_run_always_change_set_runs_again() throws Exception {
        changelog.changeSet("1", "CREATE TABLE t (x int);");
        changelog.changeSet("2", "runInTransaction:false", "CREATE INDEX CONCURRENTLY t_x ON t (x);");
        changelog.changeSet("3", "runAlways:true", "INSERT INTO t VALUES (1);");
        run().exits(0);
        run().exits(0);
        assertThat(database.holds("SELECT indisvalid FROM pg_index WHERE indexrelid = 't_x'::regclass"))
                .isTrue();
        assertThat(database.one("SELECT count(*) FROM t")).isEqualTo("2");
    }

    @Test
    void the_result_file_and_the_metrics_line_say_the_same_as_the_log() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        Path file = folder.resolve("result.json");
        Finished run =
                run("--output", file.toString(), "--metrics-namespace", "Ours").exits(0);
        JsonObject result = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertThat(result.get("success").getAsBoolean()).isTrue();
        assertThat(result.getAsJsonArray("applied")).hasSize(1);
        assertThat(result.getAsJsonArray("pending")).isEmpty();
        assertThat(result.get("durationMs").getAsLong()).isPositive();
        JsonObject metrics = run.output()
                .lines()
                .filter(line -> line.contains("\"_aws\""))
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .findFirst()
                .orElseThrow();
        assertThat(metrics.get("Applied").getAsInt()).isEqualTo(1);
        assertThat(metrics.get("Failed").getAsInt()).isZero();
        assertThat(metrics.toString()).contains("\"Namespace\":\"Ours\"");
    }

    @Test
    void a_range_ends_where_it_should_whatever_is_filtered_out_or_runs_always() throws Exception {
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - changeSet: {id: always, author: team, runAlways: true, changes: [{sql: {sql: SELECT 1}}]}
                  - changeSet: {id: 1, author: team, changes: [{sql: {sql: CREATE TABLE a (x int)}}]}
                  - changeSet: {id: 2, author: team, context: elsewhere, changes: [{tagDatabase: {tag: v1}}]}
                  - changeSet: {id: 3, author: team, changes: [{sql: {sql: CREATE TABLE b (x int)}}]}
                  - changeSet: {id: 4, author: team, changes: [{sql: {sql: CREATE TABLE c (x int)}}]}
                """);
        var environment = changelog.in(database.environment(), "root.yaml").with("LOCKKEEPER_CONTEXTS", "here");
        Program.run(environment, "migrate", "--to-tag", "v1").exits(0);
        assertThat(history()).containsExactlyInAnyOrder("always", "1");
        Program.run(environment, "migrate", "--count", "1").exits(0);
        assertThat(history()).containsExactlyInAnyOrder("always", "1", "3");
        Program.run(environment).exits(0);
        assertThat(history()).containsExactlyInAnyOrder("always", "1", "3", "4");
    }

    @Test
    void a_tag_that_a_killed_run_did_not_get_to_set_is_set_by_the_next() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        run().exits(0);
        run("--tag", "v1").exits(0);
        assertThat(database.rows("SELECT tag FROM databasechangelog")).containsExactly("v1");
        assertThat(run("--tag", "v2").exits(0).untouched().output()).contains("v2 wasn't set");
    }

    @Test
    void an_end_from_outside_never_records_a_change_set_that_did_not_run() throws Exception {
        changelog.changeSet("1", """
                --preconditions onError:MARK_RAN
                --precondition-sql-check expectedResult:1 SELECT 1 FROM pg_sleep(20)
                CREATE TABLE a (x int);""");
        run("--deadline", "2s").exits(8);
        run("--statement-timeout", "500ms").exits(1).says("LOCKKEEPER_STATEMENT_TIMEOUT");
        changelog.file("root.sql", """
                --liquibase formatted sql
                --changeset team:2 splitStatements:false
                DO $$ BEGIN PERFORM pg_sleep(20); EXCEPTION WHEN query_canceled THEN NULL; END $$;
                """);
        run("--deadline", "2s").exits(8);
        changelog.file("root.sql", """
                --liquibase formatted sql
                --changeset team:3 failOnError:false
                SELECT pg_sleep(20);
                """);
        run("--deadline", "2s").exits(8);
        assertThat(history()).isEmpty();
    }

    @Test
    void what_a_change_set_does_to_the_session_does_not_last() throws Exception {
        database.executeAsSuperuser("CREATE ROLE " + database.role() + "_owner; GRANT " + database.role() + "_owner TO "
                + database.role() + "; ALTER SCHEMA public OWNER TO " + database.role() + "_owner");
        changelog
                .changeSet("1", "SET lock_timeout = 0; RESET ROLE;")
                .changeSet("2", "CREATE TABLE a AS SELECT current_setting('lock_timeout') AS lock_timeout;")
                .changeSet("3", "SELECT pg_advisory_unlock_all();")
                .changeSet("4", "runInTransaction:false", "DISCARD ALL;")
                .changeSet(
                        "5", "CREATE TABLE b AS SELECT count(*) AS locks FROM pg_locks WHERE locktype = 'advisory';");
        Finished run = run("--role", database.role() + "_owner").exits(0);
        assertThat(run.output()).contains("released the migration lock").contains("gives the migration lock away");
        try (var owner = database.superuser();
                var statement = owner.createStatement();
                var row = statement.executeQuery("SELECT a.lock_timeout, b.locks, c.relowner::regrole::text"
                        + " FROM a, b, pg_class c WHERE c.oid = 'a'::regclass")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("2s");
            assertThat(row.getInt(2)).isEqualTo(1);
            assertThat(row.getString(3)).isEqualTo(database.role() + "_owner");
        }
        database.executeAsSuperuser("ALTER SCHEMA public OWNER TO " + database.role() + "; DROP OWNED BY "
                + database.role() + "_owner CASCADE; DROP ROLE " + database.role() + "_owner");
    }

    @Test
    void what_commits_by_itself_is_not_reported_as_rolled_back() throws Exception {
        changelog.changeSet("1", """
                CREATE TABLE a (x int);
                COMMIT;
                SELECT 1 / 0;""");
        Finished run = run().exits(1).says("commits by itself");
        assertThat(run.text("happened")).doesNotContain("rolled back");
        assertThat(run.text("databaseTouched")).isEqualTo("yes");
        assertThat(run.text("stateAfter")).isEqualTo("pending");
    }

    @Test
    void a_session_has_our_settings_whatever_the_role_presets() throws Exception {
        database.executeAsSuperuser("ALTER ROLE " + database.role() + " SET lock_timeout = '1ms';"
                + " ALTER ROLE " + database.role() + " SET idle_in_transaction_session_timeout = '1ms';"
                + " ALTER ROLE " + database.role() + " SET client_min_messages = 'error'");
        changelog.changeSet("1", "CREATE TABLE s AS SELECT name, setting FROM pg_settings;");
        run().exits(0);
        assertThat(database.rows("SELECT name || ' ' || setting FROM s"))
                .contains(
                        "application_name lockkeeper",
                        "client_min_messages notice",
                        "idle_in_transaction_session_timeout 0",
                        "lock_timeout 2000",
                        "statement_timeout 0",
                        "tcp_keepalives_count 3",
                        "tcp_keepalives_idle 10",
                        "tcp_keepalives_interval 5",
                        "tcp_user_timeout 20000");
        if (Integer.parseInt(database.one("SHOW server_version_num")) >= 140_000) {
            assertThat(database.rows("SELECT name || ' ' || setting FROM s"))
                    .contains("client_connection_check_interval 1000", "idle_session_timeout 0");
        }
    }

    @Test
    void schemas_are_named_exactly() throws Exception {
        database.execute("CREATE SCHEMA \"UPPER\"; CREATE SCHEMA upper; CREATE SCHEMA \"we\"\"ird\"");
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        run("--schema", "UPPER").exits(0);
        assertThat(database.one("SELECT count(*) FROM \"UPPER\".databasechangelog"))
                .isEqualTo("1");
        run("--schema", "UPPER").exits(0).untouched();
        run("--history-schema", "we\"ird").exits(0);
        run("--history-schema", "we\"ird").exits(0).untouched();
        assertThat(database.one("SELECT count(*) FROM \"we\"\"ird\".databasechangelog"))
                .isEqualTo("1");
    }

    @Test
    void a_run_stops_at_its_deadline_and_rolls_back() throws Exception {
        changelog.changeSet("0", "SELECT 1;");
        run().exits(0);
        changelog.changeSet("1", "CREATE TABLE a (x int); SELECT pg_sleep(120);");
        run("--deadline", "2s")
                .exits(8)
                .says("2 s", "root.sql::1::team", "rolled back")
                .untouched();
        assertThat(database.holds("SELECT to_regclass('a') IS NULL")).isTrue();
    }

    @Test
    void a_table_that_stays_locked_is_distinguished_from_a_failure() throws Exception {
        database.execute("CREATE TABLE busy (x int)");
        changelog.changeSet("1", "ALTER TABLE busy ADD COLUMN y int;");
        run("baseline", "--none").exits(0);
        try (var reader = database.connect();
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT * FROM busy");
            run("--lock-timeout", "300ms", "--lock-retries", "0")
                    .exits(7)
                    .says("55P03")
                    .untouched();
        }
        run().exits(0);
    }
}
