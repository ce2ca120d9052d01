package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.harness.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import liquibase.util.LiquibaseUtil;
import org.junit.jupiter.api.Test;

/** Every state, what migrate does with it, and the command that fixes it. */
class StateIT extends DatabaseCase {
    private String state() {
        return run("status").exits(0).untouched().text("stateBefore");
    }

    @Test
    void status_leaves_the_database_byte_for_byte_as_it_was() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        List<String> before = database.fingerprint();
        assertThat(state()).isEqualTo("empty");
        run("status", "--check").exits(10).untouched();
        run("validate").exits(0).untouched();
        run("unlock").exits(0).untouched();
        assertThat(database.fingerprint()).isEqualTo(before);
        run().exits(0);
        before = database.fingerprint();
        database.executeAsSuperuser("CREATE ROLE " + database.role() + "_ro LOGIN PASSWORD '"
                + TestDatabase.PASSWORD.replace("'", "''") + "'; ALTER ROLE " + database.role()
                + "_ro SET default_transaction_read_only = on; GRANT SELECT ON ALL TABLES IN SCHEMA public TO "
                + database.role() + "_ro");
        before = database.fingerprint();
        Finished status = Program.run(
                changelog.in(database.environment().with("DATABASE_USERNAME", database.role() + "_ro")),
                "status",
                "--check");
        assertThat(status.exits(0).untouched().text("stateBefore")).isEqualTo("up-to-date");
        assertThat(database.fingerprint()).isEqualTo(before);
        database.executeAsSuperuser("DROP OWNED BY " + database.role() + "_ro; DROP ROLE " + database.role() + "_ro");
    }

    @Test
    void rows_that_no_liquibase_writes_are_a_contradiction() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        run().exits(0);
        database.execute("UPDATE databasechangelog SET exectype = 'WEIRD'");
        run().exits(6).untouched().says("WEIRD", "root.sql::1::team");
    }

    @Test
    void an_empty_history_has_no_level_to_mark() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        List<String> before = database.fingerprint();
        run("tag", "v1").exits(6).untouched().says("history is empty");
        assertThat(database.fingerprint()).isEqualTo(before);
    }

    @Test
    void a_baseline_is_recorded_whole_or_not_at_all() throws Exception {
        for (int i = 0; i < 400; i++) {
            changelog.changeSet("c" + i, "SELECT " + i + ";");
        }
        database.execute("CREATE TABLE somebodys (x int)");
        Path log = folder.resolve("killed.log");
        Process process = Program.start(changelog.in(database.environment()), log, List.of(), "baseline", "--all");
        try (var watcher = database.superuser();
                var statement = watcher.createStatement()) {
            boolean writing = false;
            while (!writing && process.isAlive()) {
                try (var rows =
                        statement.executeQuery("SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND application_name = 'lockkeeper' AND backend_xid IS NOT NULL")) {
                    writing = rows.next();
                }
            }
            assertThat(writing).isTrue();
        }
        process.destroyForcibly();
        assertThat(process.waitFor()).isEqualTo(128 + 9);
        assertThat(database.holds("SELECT to_regclass('databasechangelog') IS NULL"))
                .isTrue();
        run("baseline", "--all").exits(0);
        assertThat(state()).isEqualTo("up-to-date");
    }

    @Test
    void an_edited_change_set_is_refused_and_fixed_by_valid_check_sum() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        run().exits(0);
        changelog.file("root.sql", """
                --liquibase formatted sql
                --changeset team:1
                CREATE TABLE a (x bigint);
                """);
        assertThat(state()).isEqualTo("inconsistent");
        run("status").exits(0).says("edited", "Apply the fix shown above");
        Finished refused = run().exits(6).untouched().says("root.sql::1::team", "edited", "validCheckSum");
        run("status", "--check").exits(6);
        run("validate").exits(6);
        String recorded = refused.text("happened").replaceAll("(?s).*checksum (\\S+), now.*", "$1");
        changelog.file("root.sql", """
                --liquibase formatted sql
                --changeset team:1
                --validCheckSum %s
                CREATE TABLE a (x bigint);
                """.formatted(recorded));
        run().exits(0);
        assertThat(state()).isEqualTo("up-to-date");
    }

    @Test
    void valid_check_sum_is_accepted_in_yaml_as_the_fix_writes_it() throws Exception {
        String changeSet =
                "databaseChangeLog:\n- changeSet: {id: 1, author: t, %s changes: [{sql: {sql: SELECT %s}}]}\n";
        changelog.file("root.yaml", changeSet.formatted("", "1"));
        var environment = changelog.in(database.environment(), "root.yaml");
        Program.run(environment).exits(0);
        changelog.file("root.yaml", changeSet.formatted("", "2"));
        Finished refused = Program.run(environment).exits(6).says("fix: ");
        assertThat(refused.text("whatNow")).contains("shown above");
        String fix = refused.text("happened").replaceAll("(?s).*(validCheckSum: \\S+) in YAML.*", "$1");
        changelog.file("root.yaml", changeSet.formatted(fix + ",", "2"));
        Program.run(environment).exits(0).untouched();
    }

    @Test
    void change_sets_under_another_root_are_refused_with_the_root_that_fits() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);").changeSet("2", "CREATE TABLE b (x int);");
        run().exits(0);
        ChangelogFolder above = new ChangelogFolder(folder);
        var wrong = above.in(database.environment(), "changelog/root.sql");
        List<String> before = database.fingerprint();
        Finished refused = Program.run(wrong)
                .exits(6)
                .untouched()
                .says("root.sql::1::team is recorded", "now changelog/root.sql", "1 more");
        assertThat(refused.text("happened"))
                .contains("LOCKKEEPER_CHANGELOG_ROOT=" + changelog.folder() + " and LOCKKEEPER_CHANGELOG=root.sql");
        Program.run(wrong, "status", "--check").exits(6);
        assertThat(Program.run(wrong, "status").exits(0).text("stateBefore")).isEqualTo("inconsistent");
        Program.run(wrong, "tag", "v1").exits(6);
        assertThat(database.fingerprint()).isEqualTo(before);

        database.execute("UPDATE databasechangelog SET filename = 'classpath:changelog/root.sql'");
        assertThat(run().exits(6).text("happened"))
                .contains("LOCKKEEPER_CHANGELOG_ROOT=" + folder + " and LOCKKEEPER_CHANGELOG=changelog/root.sql");
        Program.run(wrong).exits(0).untouched();
    }

    @Test
    void a_moved_file_keeps_its_recorded_path_or_runs_again_by_logical_file_path() throws Exception {
        changelog.file("old.sql", "--liquibase formatted sql\n--changeset team:1\nSELECT 1;\n");
        Program.run(changelog.in(database.environment(), "old.sql")).exits(0);
        var moved = changelog.in(database.environment(), "new/s.sql");
        String file = "--liquibase formatted sql%s\n--changeset team:1%s\nSELECT 1;\n";
        changelog.file("new/s.sql", file.formatted("", ""));
        Program.run(moved)
                .exits(6)
                .untouched()
                .says("check LOCKKEEPER_CHANGELOG_ROOT", "--liquibase formatted sql logicalFilePath:old.sql");
        // Liquibase 5 doesn't hand the header's path on to change sets.
        boolean four = LiquibaseUtil.getBuildVersion().startsWith("4.");
        changelog.file("new/s.sql", file.formatted(" logicalFilePath:old.sql", four ? "" : " logicalFilePath:old.sql"));
        assertThat(Program.run(moved).exits(0).untouched().text("stateBefore")).isEqualTo("up-to-date");
        changelog.file("new/s.sql", file.formatted(" logicalFilePath:new/s.sql", ""));
        Program.run(moved).exits(0);
        database.execute("DELETE FROM databasechangelog WHERE filename = 'new/s.sql'");
        changelog.file("new/s.sql", file.formatted("", " logicalFilePath:new/s.sql"));
        Program.run(moved).exits(0);
        changelog.file("new/s.sql", file.formatted("", " logicalFilePath:third.sql"));
        Program.run(moved).exits(0);
        assertThat(database.rows("SELECT filename FROM databasechangelog ORDER BY orderexecuted"))
                .containsExactly("old.sql", "new/s.sql", "third.sql");
    }

    @Test
    void what_may_run_again_or_has_another_text_is_not_moved() throws Exception {
        changelog.file("old.sql", """
                --liquibase formatted sql
                --changeset team:1 runOnChange:true
                SELECT 1;
                --changeset team:2
                SELECT 2;
                --changeset team:3
                SELECT 3;
                """);
        Program.run(changelog.in(database.environment(), "old.sql")).exits(0);
        changelog.file("new.sql", """
                --liquibase formatted sql
                --changeset team:1 runOnChange:true
                SELECT 1;
                --changeset team:2
                SELECT 22;
                --changeset other:3
                SELECT 3;
                """);
        Program.run(changelog.in(database.environment(), "new.sql")).exits(0);
        assertThat(database.one("SELECT count(*) FROM databasechangelog")).isEqualTo("6");
    }

    @Test
    void rows_the_changelog_does_not_know_are_a_warning_or_by_setting_a_refusal() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        changelog.changeSet("2", "CREATE TABLE b (x int);");
        run().exits(0);
        ChangelogFolder older = new ChangelogFolder(folder.resolve("older"));
        older.changeSet("1", "CREATE TABLE a (x int);");
        var environment = older.in(database.environment());
        Finished ahead = Program.run(environment).exits(0).untouched();
        assertThat(ahead.text("stateBefore")).isEqualTo("ahead");
        assertThat(ahead.output()).containsOnlyOnce("root.sql::2::team");
        Program.run(environment, "status").exits(0).says("ahead", "older image");
        Program.run(environment, "migrate", "--unknown", "fail")
                .exits(6)
                .untouched()
                .says("root.sql::2::team");
    }

    @Test
    void tables_without_history_are_refused_and_adopted_by_each_baseline() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        changelog.changeSet("2", "ALTER TABLE a ADD COLUMN y int;");
        database.execute("CREATE TABLE a (x int)");
        assertThat(state()).isEqualTo("untracked");
        run("status").exits(0).says("1 table", "baseline --all");
        List<String> before = database.fingerprint();
        run().exits(6).untouched().says("1 table", "baseline --all", "--to-tag", "--none");
        run("baseline").exits(2).says("--all");
        run("baseline", "--all", "--none").exits(2);
        assertThat(database.fingerprint()).isEqualTo(before);

        run("baseline", "--all").exits(0);
        assertThat(state()).isEqualTo("up-to-date");
        run("baseline", "--all").exits(6).says("already has a history");
        database.execute("DROP TABLE databasechangelog");
        run("baseline", "--none").exits(0);
        assertThat(state()).isEqualTo("pending");
        run().exits(1).says("42P07");
    }

    @Test
    void a_schema_is_adopted_up_to_a_tag_and_the_rest_is_applied() throws Exception {
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - changeSet: {id: 1, author: team, changes: [{sql: {sql: CREATE TABLE a (x int)}}]}
                  - changeSet: {id: 2, author: team, changes: [{tagDatabase: {tag: v1}}]}
                  - changeSet: {id: 3, author: team, changes: [{sql: {sql: CREATE TABLE b (x int)}}]}
                """);
        database.execute("CREATE TABLE a (x int)");
        var environment = changelog.in(database.environment(), "root.yaml");
        Program.run(environment, "baseline", "--to-tag", "v1").exits(0);
        Finished run = Program.run(environment).exits(0);
        assertThat(run.result().get("appliedCount").getAsInt()).isEqualTo(1);
        assertThat(run.text("stateAfter")).isEqualTo("up-to-date");
    }

    @Test
    void a_variable_of_migrate_does_not_limit_what_is_adopted() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);").changeSet("2", "CREATE TABLE b (x int);");
        database.execute("CREATE TABLE a (x int)");
        Program.run(environment().with("LOCKKEEPER_COUNT", "1"), "baseline", "--all")
                .exits(0);
        assertThat(history()).containsExactly("1", "2");
    }

    @Test
    void a_server_that_can_not_notice_a_dead_client_is_warned_about() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        boolean old = Integer.parseInt(database.one("SHOW server_version_num")) < 140_000;
        assertThat(run("status").exits(0).output().contains("can't notice a dead client"))
                .isEqualTo(old);
    }

    @Test
    void nothing_is_adopted_if_the_schema_is_empty() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        run("baseline", "--all").exits(6).untouched().says("empty");
    }

    @Test
    void an_extensions_tables_do_not_count() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        // Stands in for an extension such as PostGIS, whose tables lie in the user's schema.
        database.executeAsSuperuser("CREATE TABLE spatial (x int); INSERT INTO pg_depend SELECT 'pg_class'::regclass,"
                + " 'spatial'::regclass, 0, 'pg_extension'::regclass, oid, 0, 'e' FROM pg_extension LIMIT 1");
        assertThat(state()).isEqualTo("empty");
        run().exits(0);
    }

    @Test
    void an_invalid_index_of_a_recorded_change_set_is_a_contradiction() throws Exception {
        changelog.changeSet("1", "CREATE TABLE t (x int);");
        changelog.changeSet("2", "runInTransaction:false", "CREATE INDEX CONCURRENTLY t_x ON t (x);");
        run().exits(0);
        database.executeAsSuperuser("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 't_x'::regclass");
        run().exits(6).untouched().says("t_x", "INVALID", "REINDEX INDEX CONCURRENTLY public.t_x");
        database.execute("REINDEX INDEX CONCURRENTLY public.t_x");
        run().exits(0);
    }

    @Test
    void a_null_checksum_and_a_cleared_one_are_accepted() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        run().exits(0);
        database.execute("UPDATE databasechangelog SET md5sum = NULL");
        assertThat(state()).isEqualTo("up-to-date");
        changelog.changeSet("2", "CREATE TABLE b (x int);");
        run().exits(0);
        assertThat(database.rows("SELECT id FROM databasechangelog WHERE md5sum IS NULL"))
                .isEmpty();
    }
}
