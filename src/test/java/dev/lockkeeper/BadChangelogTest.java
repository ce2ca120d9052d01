package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changelog that can't be used is found before a database is even asked for. */
class BadChangelogTest {
    @TempDir
    private Path folder;

    private ChangelogFolder changelog;

    @BeforeEach
    void setUp() {
        changelog = new ChangelogFolder(folder);
    }

    private Finished validate(String root, String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "validate";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return Program.run(changelog.in(Environment.of(), root), arguments);
    }

    @Test
    void liquibases_own_settings_are_those_of_the_run() {
        changelog.file("root.sql", """
                --liquibase formatted sql
                --changeset team:1
                SELECT '${nothing}';
                """);
        Environment environment = changelog.in(Environment.of(), "root.sql");
        Program.run(environment, "validate").exits(0);
        Program.run(environment.with("LIQUIBASE_MISSING_PROPERTY_MODE", "ERROR"), "validate")
                .exits(2)
                .says("nothing");
        Program.run(environment.with("liquibase.missingPropertyMode", "ERROR"), "validate")
                .exits(2)
                .says("nothing");
        Program.run(environment, "validate").exits(0);
    }

    private Finished refused(String root) {
        return validate(root).exits(2).untouched();
    }

    @Test
    void a_missing_file_and_a_missing_folder() {
        refused("nothing.yaml").says("nothing.yaml");
        Program.run(
                        Environment.of()
                                .with(
                                        "LOCKKEEPER_CHANGELOG_ROOT",
                                        folder.resolve("nowhere").toString()),
                        "validate")
                .exits(2)
                .says("nowhere");
    }

    @Test
    void what_this_user_may_not_read_is_named_with_the_fix() throws Exception {
        changelog.file("closed/changes.sql", "--liquibase formatted sql\n");
        Path closed = folder.resolve("closed");
        Path file =
                changelog.file("s.sql", "--liquibase formatted sql\n").folder().resolve("s.sql");
        changelog
                .file("file.yaml", "databaseChangeLog:\n- include: {file: s.sql}\n")
                .file("folder.yaml", "databaseChangeLog:\n- include: {file: closed/changes.sql}\n")
                .file("all.yaml", "databaseChangeLog:\n- includeAll: {path: closed}\n");
        Files.setPosixFilePermissions(file, Set.of());
        Files.setPosixFilePermissions(closed, Set.of());
        try {
            if (Files.isReadable(file)) {
                // Root may read everything, so nothing may be refused for it.
                validate("folder.yaml").exits(0);
                validate("all.yaml").exits(0);
                return;
            }
            refused("s.sql").says(file + " can't be read by the user that runs this", "chmod -R a+rX " + file);
            refused("closed/changes.sql").says("chmod -R a+rX " + closed);
            refused("file.yaml").says("chmod -R a+rX " + file);
            refused("folder.yaml").says("chmod -R a+rX " + closed);
            refused("all.yaml").says("chmod -R a+rX " + closed);
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void an_empty_file_and_one_without_change_sets() {
        changelog
                .file("empty.yaml", "")
                .file("none.yaml", "databaseChangeLog: []\n")
                .file("empty.xml", "");
        refused("empty.yaml").says("empty.yaml");
        assertThat(validate("none.yaml").exits(0).events("finding"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString()).contains("none.yaml", "no change sets"));
        refused("empty.xml").says("empty.xml");
    }

    @Test
    void a_syntax_error_names_file_and_line() {
        changelog
                .file("bad.yaml", "databaseChangeLog:\n  - changeSet:\n      id: 1\n     author: x\n")
                .file("bad.xml", """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                            xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                              http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                          <changeSet id="1" author="a"></oops>
                        </databaseChangeLog>
                        """)
                .file("bad.json", "{ \"databaseChangeLog\": [ { ] }");
        refused("bad.yaml").says("bad.yaml", "line 4");
        refused("bad.xml").says("bad.xml", "line 6");
        refused("bad.json").says("bad.json", "line 1");
    }

    @Test
    void a_duplicate_id() {
        changelog.changeSet("1", "SELECT 1;").changeSet("1", "SELECT 2;");
        refused("root.sql").says("root.sql::1::team", "twice");
    }

    @Test
    void two_paths_that_mean_one_file_are_a_duplicate_id() {
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - changeSet: {id: 3, author: a, logicalFilePath: "classpath:/db/x.sql", changes: [{sql: {sql: SELECT 1}}]}
                  - changeSet: {id: 3, author: a, logicalFilePath: "db/x.sql", changes: [{sql: {sql: SELECT 2}}]}
                """);
        refused("root.yaml").says("twice");
    }

    @Test
    void contexts_labels_and_bytes_that_can_not_be_understood() throws Exception {
        changelog.changeSet("1", "SELECT 1;");
        Environment environment = changelog.in(Environment.of());
        Program.run(environment.with("LOCKKEEPER_LABELS", "(a"), "validate")
                .exits(2)
                .says("LOCKKEEPER_LABELS", "Correct the setting");
        Program.run(environment.with("LOCKKEEPER_CONTEXTS", "a,(b"), "validate")
                .exits(2)
                .says("LOCKKEEPER_CONTEXTS", "parenthesis", "Correct the setting");
        changelog.changeSet("2", "SELECT 'a\0b';");
        refused("root.sql").says("NUL byte", "line 7");
    }

    @Test
    void two_existing_tables_locked_by_one_change_set_are_a_warning_if_they_could_be_split() {
        changelog
                .changeSet("1", "ALTER TABLE a ADD COLUMN x int;\nALTER TABLE b ADD COLUMN x int;")
                .changeSet(
                        "2", "CREATE TABLE c (x int);\nALTER TABLE c ADD COLUMN y int;\nALTER TABLE a DROP COLUMN x;")
                .changeSet("3", "ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES b (x);");
        Finished lenient = validate("root.sql").exits(0);
        assertThat(lenient.events("finding")).hasSize(1);
        assertThat(lenient.output()).contains("locks a and b in one transaction");
    }

    @Test
    void statements_for_another_database_and_change_sets_that_are_left_out_are_no_warnings() {
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: one
                      author: a
                      changes:
                        - createTable: {tableName: a6, columns: [{column: {name: id, type: int}}]}
                        - sql: {dbms: mysql, sql: COMMIT}
                        - sql: {dbms: mysql, sql: CALL something()}
                  - changeSet:
                      id: two
                      author: a
                      runInTransaction: false
                      changes:
                        - sql: {dbms: postgresql, sql: CREATE INDEX CONCURRENTLY a6_id ON a6 (id)}
                        - sql: {dbms: mysql, sql: CREATE INDEX a6_id ON a6 (id)}
                  - changeSet: {id: three, author: a, context: test, changes: [{sql: {sql: COMMIT}}]}
                  - include: {file: four.sql}
                """).file("four.sql", """
                        --liquibase formatted sql
                        --changeset a:four dbms:mysql
                        COMMIT;
                        """);
        Environment environment = changelog.in(Environment.of(), "root.yaml").with("LOCKKEEPER_CONTEXTS", "prod");
        Program.run(environment, "validate", "--strict").exits(0);
        Program.run(environment.with("LOCKKEEPER_CONTEXTS", "test"), "validate", "--strict")
                .exits(2)
                .says("root.yaml::three::a", "COMMIT");
    }

    @Test
    void an_index_without_a_name_is_a_warning_if_it_may_be_left_behind() {
        changelog
                .changeSet("1", "CREATE INDEX ON a (x);")
                .changeSet("2", "runInTransaction:false", "CREATE INDEX CONCURRENTLY ON a (x);");
        assertThat(validate("root.sql").exits(0).events("finding")).hasSize(1);
        validate("root.sql", "--strict").exits(2).says("root.sql::2::team", "without a name");
    }

    @Test
    void what_batches_need_is_reported() {
        changelog
                .changeSet(
                        "1",
                        "runInTransaction:false",
                        "--comment: lockkeeper: batched\nDELETE FROM a WHERE x IN (SELECT x FROM a LIMIT 9);")
                .changeSet(
                        "2",
                        "runInTransaction:false",
                        "--comment: lockkeeper: batched\nUPDATE a SET y = 1 WHERE y IS NULL;")
                .changeSet(
                        "3",
                        "runInTransaction:false",
                        "--comment: lockkeeper: batched\nWITH b AS (SELECT x FROM a WHERE y IS NULL LIMIT 9 FOR"
                                + " UPDATE SKIP LOCKED) UPDATE a SET y = 1 FROM b WHERE a.x = b.x;")
                .changeSet(
                        "4",
                        "runInTransaction:false",
                        "--comment: lockkeeper: batched\nUPDATE a SET y = 1 WHERE x IN (SELECT x FROM a LIMIT 9);");
        Finished lenient = validate("root.sql").exits(0);
        assertThat(lenient.events("finding")).hasSize(7);
        assertThat(lenient.output()).contains("plain Liquibase would run one batch");
        validate("root.sql", "--strict")
                .exits(2)
                .says("3 problems", "without LIMIT", "SKIP LOCKED", "finds the same rows again");
    }

    @Test
    void what_can_not_be_recognised_outside_a_transaction_is_a_warning() {
        String outside = "runInTransaction:false";
        changelog
                .changeSet("1", outside, "CREATE TABLE a (x int);")
                .changeSet("2", outside, "CALL fill();")
                .changeSet("3", outside, "CREATE DATABASE d TEMPLATE other;")
                .changeSet("4", outside + " splitStatements:false", "DO $$ BEGIN COMMIT; END $$;")
                .changeSet("5", outside, "CREATE TABLE IF NOT EXISTS b (x int);")
                .changeSet("6", outside, "CREATE INDEX CONCURRENTLY a_x ON a (x);")
                .changeSet("7", outside, "ALTER TYPE t ADD VALUE 'x';")
                .changeSet("8", outside, "VACUUM a;")
                .changeSet("9", outside, "DROP INDEX CONCURRENTLY a_x;")
                .changeSet("10", "CREATE TABLE c (x int);");
        List<JsonObject> findings = validate("root.sql").exits(0).events("finding");
        assertThat(findings)
                .extracting(one -> one.get("where").getAsString())
                .containsExactly("root.sql::1::team", "root.sql::2::team", "root.sql::3::team", "root.sql::4::team");
        assertThat(findings.get(0).get("message").getAsString())
                .contains("CREATE TABLE a", "can't be recognised", "IF [NOT] EXISTS", "remove runInTransaction:false");
        assertThat(findings.get(1).get("message").getAsString()).contains("CALL fill()", "does no harm");
        validate("root.sql", "--strict").exits(2).says("4 problems");
    }

    @Test
    void a_parameter_without_a_value_is_a_warning_and_with_strict_an_error() {
        changelog.changeSet("1", "CREATE TABLE a (x ${type}, y text DEFAULT '${database.defaultSchemaName}');");
        Finished lenient = validate("root.sql").exits(0);
        assertThat(lenient.events("finding")).hasSize(1);
        validate("root.sql", "--strict").exits(2).says("${type}", "LOCKKEEPER_PARAMETERS");
        validate("root.sql", "--strict", "--parameters", "type=int").exits(0);
    }

    @Test
    void an_include_that_does_not_exist() {
        changelog.file("root.yaml", "databaseChangeLog:\n  - include: {file: gone.sql}\n");
        refused("root.yaml").says("gone.sql");
    }

    @Test
    void an_include_cycle() {
        changelog
                .file("root.yaml", "databaseChangeLog:\n  - include: {file: other.yaml}\n")
                .file("other.yaml", "databaseChangeLog:\n  - include: {file: root.yaml}\n");
        refused("root.yaml").says("root.yaml");
    }

    @Test
    void a_path_outside_the_changelog_folder() {
        new ChangelogFolder(folder.resolve("..")).folder();
        changelog.file("inner/root.yaml", "databaseChangeLog:\n  - include: {file: ../outside.sql}\n");
        changelog.file("outside.sql", "--liquibase formatted sql\n--changeset a:1\nSELECT 1;\n");
        Environment inner = Environment.of()
                .with("LOCKKEEPER_CHANGELOG_ROOT", folder.resolve("inner").toString())
                .with("LOCKKEEPER_CHANGELOG", "root.yaml");
        Program.run(inner, "validate").exits(2).untouched().says("outside.sql", "outside the changelog root");
        Program.run(inner.with("LOCKKEEPER_CHANGELOG", "../outside.sql"), "validate")
                .exits(2)
                .says("outside the changelog root");
    }

    @Test
    void a_file_that_is_not_utf_8_unless_its_encoding_is_named() throws Exception {
        byte[] latin = "INSERT INTO a VALUES ('Zürich');\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(folder.resolve("latin.sql"), latin);
        changelog.file("plain.yaml", sqlFile("")).file("named.yaml", sqlFile(", encoding: ISO-8859-1"));
        refused("plain.yaml").says("latin.sql", "UTF-8", "line 1");
        validate("named.yaml").exits(0);
    }

    private static String sqlFile(String more) {
        return "databaseChangeLog:\n  - changeSet: {id: 1, author: a, changes: [{sqlFile: {path: latin.sql" + more
                + "}}]}\n";
    }

    @Test
    void what_voids_a_guarantee_is_a_warning_and_with_strict_an_error() {
        changelog
                .changeSet("1", "CREATE TABLE a (x int);\nCOMMIT;")
                .changeSet("2", "runInTransaction:false", "CREATE INDEX CONCURRENTLY i ON a (x);\nSELECT 1;")
                .changeSet("3", "CREATE INDEX CONCURRENTLY j ON a (x);")
                .changeSet("4", "CALL tidy_up();")
                .changeSet("5", "runInTransaction:false", "CREATE INDEX CONCURRENTLY k ON a (x);");
        Finished lenient = validate("root.sql").exits(0);
        assertThat(lenient.events("finding"))
                .extracting(finding -> finding.get("where").getAsString())
                .containsExactly("root.sql::1::team", "root.sql::2::team", "root.sql::3::team");
        validate("root.sql", "--strict").exits(2).says("3 problems", "COMMIT", "2 statements");
    }

    @Test
    void all_files_that_do_not_exist_are_named_with_their_change_sets() {
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: first
                      author: team
                      changes:
                        - sqlFile: { path: sql/gone.sql }
                        - loadData: { tableName: t, file: gone.csv }
                  - changeSet:
                      id: second
                      author: team
                      changes:
                        - createProcedure: { path: gone-too.sql, relativeToChangelogFile: true }
                        - sqlFile: { path: sql/oracle.sql, dbms: oracle }
                """);
        Finished run = refused("root.yaml")
                .says("root.yaml::first::team", "sql/gone.sql", "gone.csv", "root.yaml::second::team", "gone-too.sql");
        assertThat(run.text("happened")).startsWith("4 problems");
    }

    @Test
    void an_include_of_a_file_that_does_not_exist_names_the_file_that_includes_it() {
        changelog.file("root.yaml", "databaseChangeLog:\n  - include: { file: part.yaml }\n");
        changelog.file("part.yaml", "databaseChangeLog:\n  - include: { file: gone.sql }\n");
        refused("root.yaml").says("part.yaml", "there is no file gone.sql");
    }

    @Test
    void all_classes_that_are_missing_are_named_with_their_change_sets() {
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: refill
                      author: team
                      changes:
                        - customChange: { class: com.example.Refill, columns: "a,b" }
                  - changeSet:
                      id: drain
                      author: team
                      changes:
                        - customChange: { class: com.example.Drain }
                """);
        refused("root.yaml")
                .says("root.yaml::refill::team: class com.example.Refill", "com.example.Drain", "/extensions");
    }

    @Test
    void a_schema_of_a_newer_liquibase_is_taken_for_the_newest_that_is_known() {
        String xml = """
                <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                    http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-%s.xsd">
                  <changeSet id="1" author="team"%s><sql>SELECT 1</sql></changeSet>
                </databaseChangeLog>
                """;
        changelog.file("root.xml", xml.formatted("9.7", ""));
        validate("root.xml").exits(0);
        changelog.file("root.xml", xml.formatted("9.7", " invented=\"true\""));
        refused("root.xml").says("root.xml", "invented");
    }

    @Test
    void a_parameter_without_a_value_is_named_once_and_not_if_it_is_data() {
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: first
                      author: team
                      changes:
                        - createTable: { tableName: "${prefix}a", columns: [ { column: { name: x, type: text } } ] }
                        - insert: { tableName: reports, columns: [ { column: { name: text, value: "of ${customer}" } } ] }
                  - changeSet:
                      id: second
                      author: team
                      changes:
                        - sql: { sql: "DROP TABLE ${prefix}b" }
                        - sql: { sql: "INSERT INTO reports VALUES ('of ${customer}') -- ${comment}" }
                        - update: { tableName: reports, where: "id = ${report}", columns: [ { column: { name: text, value: "${x}" } } ] }
                """);
        Finished run = validate("root.yaml").exits(0);
        assertThat(run.events("finding").stream()
                        .map(finding -> finding.get("message").getAsString()))
                .satisfiesExactly(
                        prefix -> assertThat(prefix).contains("${prefix}", "so does another change set"),
                        report -> assertThat(report).contains("${report}").doesNotContain("another"));
    }

    @Test
    void a_second_header_names_its_file() {
        changelog.file("root.yaml", "databaseChangeLog:\n  - includeAll: { path: parts }\n");
        changelog.file("parts/1.sql", "--liquibase formatted sql\n--changeset team:1\nSELECT 1;\n");
        changelog.file(
                "parts/2.sql", "--liquibase formatted sql\n--changeset team:2\nSELECT 2;\n--liquibase formatted sql\n");
        Finished run = validate("root.yaml");
        if (run.code() == 0) {
            // Liquibase 5 takes it for a comment.
            assertThat(run.text("happened")).startsWith("2 change sets are valid");
            return;
        }
        run.exits(2).untouched().says("parts/2.sql", "header");
    }
}
