package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.fixture.PlainLiquibase;
import dev.lockkeeper.fixture.SchemaDump;
import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.PostgresServer;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.harness.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import liquibase.util.LiquibaseUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same changelog on two databases, by us and by plain Liquibase: same schema, same history, twice in a row. */
class BesidePlainIT extends DatabaseCase {
    private TestDatabase theirs;

    @BeforeEach
    void createTheirs() throws SQLException {
        theirs = TestDatabase.create();
    }

    @AfterEach
    void dropTheirs() throws SQLException {
        theirs.close();
    }

    @Test
    void a_change_that_names_its_dbms_is_not_edited_by_the_next_run() throws Exception {
        changelog.file("one.sql", "SELECT 1;").file("root.xml", """
                <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                        xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                        http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                    <changeSet id="1" author="t"><sql dbms="postgresql">CREATE TABLE a (x int)</sql></changeSet>
                    <changeSet id="2" author="t">
                        <sql dbms="h2">SELECT nonsense</sql>
                        <sql dbms="!h2">SELECT 1</sql>
                    </changeSet>
                    <changeSet id="3" author="t"><sqlFile dbms="postgresql,mysql" path="one.sql"/></changeSet>
                    <changeSet id="4" author="t">
                        <createProcedure dbms="postgresql">CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'</createProcedure>
                    </changeSet>
                    <changeSet id="5" author="t" dbms="postgresql"><sql>SELECT 1</sql></changeSet>
                    <changeSet id="6" author="t"><sql dbms="all">SELECT 1</sql></changeSet>
                    <changeSet id="7" author="t"><sql dbms="none">SELECT nonsense</sql><sql>SELECT 2</sql></changeSet>
                    <changeSet id="8" author="t">
                        <insert dbms="postgresql" tableName="a"><column name="x" valueNumeric="7"/></insert>
                        <insert tableName="a"><column name="x" valueComputed="1 + 1"/></insert>
                    </changeSet>
                    <changeSet id="9" author="t"><sql dbms="h2">SELECT nonsense</sql></changeSet>
                    <changeSet id="10" author="t">
                        <sql dbms="h2">SELECT nonsense</sql>
                        <sql dbms="oracle">SELECT nonsense</sql>
                    </changeSet>
                    <changeSet id="11" author="t">
                        <preConditions onFail="MARK_RAN"><dbms type="h2"/></preConditions>
                        <sql dbms="h2">SELECT nonsense</sql>
                    </changeSet>
                </databaseChangeLog>
                """);
        bothAgree("root.xml");
        // Liquibase 5 passes over "10" as well.
        boolean four = LiquibaseUtil.getBuildVersion().startsWith("4.");
        assertThat(history())
                .doesNotContain("9")
                .endsWith(four ? new String[] {"8", "10", "11"} : new String[] {"8", "11"});
        Program.run(environment("root.xml"), "status", "--check").exits(0);
    }

    @Test
    void an_edit_of_a_change_set_that_runs_on_change_and_names_its_dbms_is_applied() throws Exception {
        view("SELECT 1 AS x");
        bothAgree("root.yaml");

        view("SELECT 1 AS x, 2 AS y");
        Finished edited = ours("root.yaml").exits(0);
        assertThat(edited.result().get("appliedCount").getAsInt()).isEqualTo(1);
        plainUpdates(theirs, "root.yaml");
        assertAlike();
        assertThat(database.one("SELECT y FROM v")).isEqualTo("2");
        finishedFor("root.yaml");
    }

    private void view(String query) {
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: view
                      author: t
                      runOnChange: true
                      changes: [{sql: {dbms: postgresql, sql: "CREATE OR REPLACE VIEW v AS %s"}}]
                """.formatted(query));
    }

    /** Liquibase 4.31 and later let included files inherit a logical path, and some named plain SQL files otherwise. */
    @Test
    void names_that_an_older_release_recorded_are_kept() throws Exception {
        changelog
                .file("root.yaml", """
                        databaseChangeLog:
                          - logicalFilePath: app
                          - include: {file: sub/one.sql}
                          - include: {file: sub/two.yaml, relativeToChangelogFile: true}
                          - include: {file: sub/plain.sql}
                        """)
                .file("sub/one.sql", """
                        --liquibase formatted sql
                        --changeset t:1
                        CREATE TABLE a (x int);
                        """)
                .file("sub/two.yaml", """
                        databaseChangeLog:
                          - changeSet: {id: 2, author: t, changes: [{sql: {sql: CREATE TABLE b (x int)}}]}
                          - changeSet: {id: 3, author: t, logicalFilePath: own, changes: [{sql: {sql: SELECT 3}}]}
                          - include: {file: sub/deeper.json}
                        """)
                .file("sub/deeper.json", """
                        {"databaseChangeLog": [
                            {"changeSet": {"id": "4", "author": "t", "changes": [{"sql": {"sql": "CREATE TABLE c (x int)"}}]}}]}
                        """)
                .file("sub/plain.sql", "CREATE TABLE d (x int);");
        bothAgree("root.yaml");
        String older = """
                UPDATE databasechangelog SET filename = CASE id WHEN '1' THEN 'sub/one.sql' WHEN '2' THEN 'sub/two.yaml'
                    WHEN '4' THEN 'sub/deeper.json' ELSE filename END;
                UPDATE databasechangelog SET id = 'raw_sub_plain.sql' WHERE id = 'raw'""";
        database.execute(older);
        theirs.execute(older);
        assertThat(ours("root.yaml").exits(0).text("stateBefore")).isEqualTo("up-to-date");
        changelog.file("sub/one.sql", """
                --liquibase formatted sql
                --changeset t:1
                CREATE TABLE a (x int);
                --changeset t:5
                CREATE TABLE e (x int);
                """);
        bothAgree("root.yaml");
        assertThat(database.rows("SELECT filename, id FROM databasechangelog ORDER BY orderexecuted"))
                .containsExactly(
                        "sub/one.sql|1",
                        "sub/two.yaml|2",
                        "own|3",
                        "sub/deeper.json|4",
                        "sub/plain.sql|raw_sub_plain.sql",
                        "app|5");
    }

    /** Two files with the same ids are only alike once they inherit one path. */
    @Test
    void ids_that_are_alike_under_an_inherited_path_are_refused_unless_the_history_tells_them_apart() throws Exception {
        changelog
                .file("root.yaml", """
                        databaseChangeLog: [{include: {file: one.sql}}, {include: {file: two.sql}}]
                        """)
                .file("one.sql", "--liquibase formatted sql\n--changeset t:1\nCREATE TABLE a (x int);\n")
                .file("two.sql", "--liquibase formatted sql\n--changeset t:1\nCREATE TABLE b (x int);\n");
        bothAgree("root.yaml");
        changelog.file("root.yaml", """
                databaseChangeLog: [{logicalFilePath: app}, {include: {file: one.sql}}, {include: {file: two.sql}}]
                """);
        assertThat(ours("root.yaml").exits(0).text("stateBefore")).isEqualTo("up-to-date");
        plainUpdates(theirs, "root.yaml");
        try (TestDatabase empty = TestDatabase.create()) {
            Program.run(changelog.in(empty.environment(), "root.yaml"))
                    .exits(2)
                    .untouched()
                    .says("app::1::t", "occurs twice");
        }
        Program.run(changelog.in(Environment.of(), "root.yaml"), "validate")
                .exits(2)
                .says("app::1::t");
    }

    @Test
    void one_id_may_occur_once_for_each_context_label_and_dbms() throws Exception {
        changelog.file("root.sql", """
                --liquibase formatted sql
                --changeset t:same context:mysql
                SELECT nothing;
                --changeset t:same context:postgresql
                CREATE TABLE a (x int);
                --changeset t:two labels:other
                SELECT nothing;
                --changeset t:two labels:mine
                CREATE TABLE b (x int);
                --changeset t:three dbms:h2
                SELECT nothing;
                --changeset t:three dbms:postgresql,mysql
                CREATE TABLE c (x int);
                --changeset t:four dbms:mysql
                SELECT nothing;
                --changeset t:four dbms:mysql
                SELECT nothing;
                """);
        Environment environment = environment("root.sql")
                .with("LOCKKEEPER_CONTEXTS", "postgresql")
                .with("LOCKKEEPER_LABELS", "mine");
        Program.run(environment).exits(0);
        plainUpdates(theirs, "root.sql", "--contexts=postgresql", "--label-filter=mine");
        assertAlike();
        assertThat(Program.run(environment)
                        .exits(0)
                        .result()
                        .get("appliedCount")
                        .getAsInt())
                .isZero();
        assertThat(history()).containsExactly("same", "two", "three");

        Finished both = Program.run(environment.without("LOCKKEEPER_CONTEXTS")).exits(2);
        both.untouched().says("root.sql::same::t", "occurs twice");
        assertThat(plain(theirs, "root.sql").update("--label-filter=mine").exitCode())
                .isNotZero();
    }

    @Test
    void a_precondition_may_ask_for_a_property_of_the_database() throws Exception {
        changelog
                .file("root.yaml", """
                        databaseChangeLog:
                          - changeSet:
                              id: yaml
                              author: t
                              preConditions:
                                - onFail: MARK_RAN
                                - or:
                                    - changeLogPropertyDefined: {property: nowhere.defined}
                                    - changeLogPropertyDefined: {property: database.databaseProductVersion}
                              changes: [{createTable: {tableName: a, columns: [{column: {name: x, type: int}}]}}]
                          - include: {file: two.xml}
                          - include: {file: three.json}
                          - include: {file: four.sql}
                        """)
                .file("two.xml", """
                        <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                                xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                                http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                            <preConditions>
                                <changeLogPropertyDefined property="database.databaseProductName" value="PostgreSQL"/>
                            </preConditions>
                            <changeSet id="xml" author="t">
                                <preConditions onFail="MARK_RAN">
                                    <changeLogPropertyDefined property="Database.liquibaseSchemaName" value="public"/>
                                </preConditions>
                                <sql>CREATE TABLE b (x int)</sql>
                            </changeSet>
                        </databaseChangeLog>
                        """)
                .file("three.json", """
                        {"databaseChangeLog": [{"changeSet": {"id": "json", "author": "t",
                            "preConditions": [{"onFail": "MARK_RAN"},
                                {"not": [{"changeLogPropertyDefined": {"property": "database.databaseMajorVersion"}}]}],
                            "changes": [{"sql": {"sql": "CREATE TABLE c (x int)"}}]}}]}
                        """)
                .file("four.sql", """
                        --liquibase formatted sql
                        --changeset t:sql
                        CREATE TABLE d (x int);
                        """);
        ours("root.yaml").exits(0);
        plainUpdates(theirs, "root.yaml");
        assertThat(database.rows("SELECT id, exectype FROM databasechangelog ORDER BY orderexecuted"))
                .containsExactly("yaml|EXECUTED", "xml|EXECUTED", "json|MARK_RAN", "sql|EXECUTED");
        assertAlike();
        assertThat(ours("root.yaml").exits(0).text("stateBefore")).isEqualTo("up-to-date");
    }

    /** Plain Liquibase needs them doubled; the SQL that the server gets is the same. */
    @Test
    void operators_with_a_question_mark_may_be_written_as_in_psql_or_doubled() throws Exception {
        questions("?");
        ours("root.yaml").exits(0);
        assertThat(ours("root.yaml").exits(0).text("stateBefore")).isEqualTo("up-to-date");
        assertThat(database.rows("SELECT v FROM t ORDER BY v")).containsExactly("true", "truefalse", "who?");
        assertThat(database.holds("SELECT f('{\"a\": 1}') AND g('{\"b\": 1}')")).isTrue();

        questions("??");
        plainUpdates(theirs, "root.yaml");
        assertThat(dump(database)).isEqualTo(dump(theirs));
        try (TestDatabase doubled = TestDatabase.create()) {
            Program.run(changelog.in(doubled.environment(), "root.yaml")).exits(0);
            assertThat(dump(doubled)).isEqualTo(dump(theirs));
            assertThat(history(doubled)).isEqualTo(history(theirs));
        }
    }

    private void questions(String mark) {
        changelog
                .file("formatted.sql", """
                        --liquibase formatted sql
                        --changeset t:split
                        CREATE TABLE t (v text);
                        INSERT INTO t SELECT ('{"a": {"b": 1}}'::jsonb @ 'a')::text;
                        INSERT INTO t SELECT ('{"a": 1}'::jsonb @| array['a', 'b'])::text || ('{}'::jsonb @& array['a'])::text;
                        INSERT INTO t VALUES ('who?');
                        --changeset t:whole splitStatements:false
                        --preconditions onFail:HALT
                        --precondition-sql-check expectedResult:t SELECT '{"a": "?"}'::jsonb @ 'a'
                        CREATE VIEW w AS SELECT '{"a": 1}'::jsonb @| array['a'] AS x;
                        ALTER TABLE t ADD CHECK (NOT '{}'::jsonb @ v);
                        --changeset t:body splitStatements:false
                        CREATE FUNCTION f(j jsonb) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN j ? 'a'; END $$;
                        --changeset t:quoted-body
                        CREATE FUNCTION g(j jsonb) RETURNS boolean LANGUAGE sql AS 'SELECT j ? ''b''';
                        --changeset t:outside runInTransaction:false
                        CREATE INDEX i ON t ((v::jsonb @ 'x')) WHERE v IS NULL;
                        --changeset t:outside-too runInTransaction:false
                        ALTER TABLE t ADD CHECK (NOT '{}'::jsonb @& ARRAY[v]);
                        """.replace("@", mark))
                .file(
                        "file.sql",
                        "CREATE VIEW x AS SELECT '{\"a\": 1}'::jsonb @ 'a' AS y, 'what?' AS z;".replace("@", mark))
                .file("root.yaml", """
                        databaseChangeLog:
                          - include: {file: formatted.sql}
                          - changeSet: {id: file, author: t, changes: [{sqlFile: {path: file.sql}}]}
                        """);
    }

    @Test
    void a_count_ends_at_the_chosen_one_of_two_change_sets_with_one_id() throws Exception {
        changelog.file("root.sql", """
                --liquibase formatted sql
                --changeset t:same context:other
                SELECT nothing;
                --changeset t:between
                CREATE TABLE a (x int);
                --changeset t:same context:mine
                CREATE TABLE b (x int);
                --changeset t:last
                CREATE TABLE c (x int);
                """);
        Environment environment = environment("root.sql").with("LOCKKEEPER_CONTEXTS", "mine");
        Program.run(environment, "migrate", "--count", "2").exits(0);
        assertThat(history()).containsExactly("between", "same");
        Program.run(environment).exits(0);
        assertThat(history()).containsExactly("between", "same", "last");
    }

    @Test
    void a_baseline_records_the_checksums_that_plain_liquibase_records() throws Exception {
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: 1
                      author: t
                      changes:
                        - createTable: {tableName: a, columns: [{column: {name: id, type: int}}]}
                        - sql: {dbms: postgresql, sql: COMMENT ON TABLE a IS 'p'}
                        - sql: {dbms: mysql, sql: ALTER TABLE a COMMENT 'p'}
                """);
        for (TestDatabase one : List.of(database, theirs)) {
            one.execute("CREATE TABLE a (id int); COMMENT ON TABLE a IS 'p'");
        }
        Program.run(environment("root.yaml"), "baseline", "--all").exits(0);
        plain(theirs, "root.yaml", "changelog-sync");
        assertAlike();
        finishedFor("root.yaml");
    }

    /** We run it on one database and plain Liquibase on the other; then neither has anything to do on either. */
    private void bothAgree(String root) throws Exception {
        ours(root).exits(0);
        plainUpdates(theirs, root);
        assertAlike();
        finishedFor(root);
    }

    /** Whichever of the two runs next, it has nothing to do, on either database. */
    private void finishedFor(String root) throws Exception {
        List<String> before = history(database);
        for (TestDatabase one : List.of(database, theirs)) {
            Environment environment = changelog.in(one.environment(), root);
            assertThat(Program.run(environment, "status").exits(0).text("stateBefore"))
                    .isEqualTo("up-to-date");
            Finished again = Program.run(environment).exits(0);
            assertThat(again.result().get("appliedCount").getAsInt()).isZero();
        }
        plainUpdates(database, root);
        assertThat(history(database)).isEqualTo(before);
        assertAlike();
    }

    private Finished ours(String root) {
        return Program.run(environment(root));
    }

    private Environment environment(String root) {
        return changelog.in(database.environment(), root);
    }

    private void plainUpdates(TestDatabase one, String root, String... arguments) throws Exception {
        plain(one, root, "update", arguments);
    }

    private void plain(TestDatabase one, String root, String command, String... arguments) throws Exception {
        PlainLiquibase.Result result = plain(one, root).run(command, arguments);
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    private PlainLiquibase plain(TestDatabase one, String root) {
        PostgresServer server = PostgresServer.shared();
        String url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + one.name();
        return new PlainLiquibase(url, one.role(), TestDatabase.PASSWORD, changelog.folder(), root);
    }

    private void assertAlike() throws SQLException {
        assertThat(dump(database)).isEqualTo(dump(theirs));
        assertThat(history(database)).isEqualTo(history(theirs));
    }

    private static List<String> history(TestDatabase one) throws SQLException {
        return one.rows("SELECT filename, id, author, exectype, md5sum FROM databasechangelog ORDER BY orderexecuted");
    }

    private static String dump(TestDatabase one) throws SQLException {
        try (Connection connection = one.connect()) {
            return SchemaDump.of(connection, "public").replace(one.role(), "owner");
        }
    }
}
