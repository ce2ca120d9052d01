package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.harness.Running;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statements outside a transaction that are done, or half done, before their change set is recorded. */
class ResumptionIT extends DatabaseCase {
    private static final String NO_TRANSACTION = "runInTransaction:false";

    /** Records what ran so far, as if a run had been cut short right behind it. */
    private void afterAll() {
        run().exits(0);
    }

    @Test
    void an_index_is_compared_by_what_postgresql_makes_of_it() throws Exception {
        changelog.changeSet("0", "splitStatements:false", """
                CREATE SCHEMA "App";
                CREATE TABLE "App"."Users" (id int, name varchar(80), status varchar(9), tags text[], CONSTRAINT one UNIQUE (id)
                  DEFERRABLE);
                CREATE FUNCTION label("App"."Users") RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT $1.name || '!' $$""");
        afterAll();
        String[][] indexes = {
            {"a", "(lower(\"Users\".name)) WHERE \"Users\".id > 0"},
            {"b", "(label(\"Users\"), (\"App\".\"Users\".id % 7) DESC)"},
            {"c", "USING btree (status) INCLUDE (id) WITH (fillfactor=70) WHERE status IN ('new', 'old')"},
            {"d", "USING gin (tags)"},
            {"e", "(name varchar_pattern_ops, status COLLATE \"C\" NULLS FIRST) TABLESPACE pg_default"}
        };
        for (String[] index : indexes) {
            changelog.changeSet(
                    index[0],
                    NO_TRANSACTION,
                    "CREATE INDEX CONCURRENTLY \"I" + index[0] + "\" ON \"App\".\"Users\" " + index[1] + ";");
            database.execute("CREATE INDEX \"I" + index[0] + "\" ON \"App\".\"Users\" " + index[1]);
        }
        String before = database.one("SELECT string_agg(oid::text, ' ' ORDER BY oid) FROM pg_class WHERE relkind = 'i'"
                + " AND relname ~ '^I'");
        database.executeAsSuperuser("ALTER DATABASE " + database.name() + " OWNER TO postgres; REVOKE TEMP ON DATABASE "
                + database.name() + " FROM PUBLIC");
        Finished run = run().exits(0);
        assertThat(run.output().split("recorded, not built again", -1)).hasSize(indexes.length + 1);
        assertThat(database.one("SELECT string_agg(oid::text, ' ' ORDER BY oid) FROM pg_class WHERE relkind = 'i'"
                        + " AND relname ~ '^I'"))
                .isEqualTo(before);
        // Nothing of the comparison is left.
        assertThat(database.rows("SELECT relname FROM pg_class WHERE relname LIKE 'lockkeeper%'"))
                .isEmpty();
    }

    @Test
    void an_index_that_differs_in_one_thing_is_not_as_defined() throws Exception {
        changelog.changeSet("0", "CREATE TABLE t (x int, y varchar(9), CONSTRAINT u UNIQUE (x) DEFERRABLE);");
        afterAll();
        String[][] pairs = {
            {"UNIQUE INDEX CONCURRENTLY u ON t (x)", ""},
            {"INDEX CONCURRENTLY i ON t (lower(t.y))", "INDEX i ON t (upper(y))"},
            {"INDEX CONCURRENTLY i ON t (y)", "INDEX i ON t (y COLLATE \"C\")"},
            {"INDEX CONCURRENTLY i ON t (y text_pattern_ops)", "INDEX i ON t (y)"},
            {"INDEX CONCURRENTLY i ON t (x) INCLUDE (y)", "INDEX i ON t (x)"},
            {"INDEX CONCURRENTLY i ON t (x) WHERE y IN ('a', 'b')", "INDEX i ON t (x) WHERE y IN ('a')"},
            {"INDEX CONCURRENTLY i ON t (x) WITH (fillfactor = 80)", "INDEX i ON t (x)"},
            {"INDEX CONCURRENTLY i ON t USING hash (x)", "INDEX i ON t (x)"}
        };
        String root = Files.readString(changelog.folder().resolve("root.sql"));
        for (String[] pair : pairs) {
            changelog.file("root.sql", root + "\n--changeset team:1 runInTransaction:false\nCREATE " + pair[0] + ";\n");
            if (!pair[1].isEmpty()) {
                database.execute("DROP INDEX IF EXISTS i; CREATE " + pair[1]);
            }
            run().exits(1).says("42P07", "another definition", "nothing was done");
        }
    }

    @Test
    void what_stands_already_is_recorded_with_a_warning_that_names_it() throws Exception {
        database.executeAsSuperuser("ALTER ROLE " + database.role() + " CREATEDB");
        String other = database.name() + "_Other";
        changelog.changeSet("0", "splitStatements:false", """
                CREATE SCHEMA "S x"; CREATE TYPE "S x"."Mood" AS ENUM ('sad'); CREATE TYPE mood AS ENUM ('sad');
                CREATE TABLE p (x int) PARTITION BY LIST (x); CREATE TABLE p1 (x int); CREATE TABLE p2 (x int)""");
        afterAll();
        changelog
                .changeSet("1", NO_TRANSACTION, "DROP INDEX CONCURRENTLY gone;")
                .changeSet("2", NO_TRANSACTION, "drop index concurrently \"S x\".\"Gone\";")
                .changeSet("3", NO_TRANSACTION, "ALTER TYPE \"S x\".\"Mood\" ADD VALUE 'it''s ok?' BEFORE 'sad';")
                .changeSet(
                        "4", NO_TRANSACTION, "ALTER TYPE mood ADD VALUE $$so so$$; ALTER TYPE mood ADD VALUE E'new';")
                .changeSet("5", NO_TRANSACTION, "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;")
                .changeSet("6", NO_TRANSACTION + " splitStatements:false", "ALTER TABLE ONLY p DETACH PARTITION p2;")
                .changeSet("7", NO_TRANSACTION, "CREATE DATABASE \"" + other + "\" ENCODING 'UTF8';")
                .changeSet("8", NO_TRANSACTION, "DROP DATABASE \"" + other + "2\";");
        database.execute("ALTER TYPE \"S x\".\"Mood\" ADD VALUE 'it''s ok?' BEFORE 'sad'");
        database.execute("ALTER TYPE mood ADD VALUE 'so so'");
        database.execute("CREATE DATABASE \"" + other + "\" ENCODING 'UTF8'");
        Finished run = run().exits(0);
        assertThat(run.output())
                .contains(
                        "There is no index gone: root.sql::1::team is recorded",
                        "There is no index \\\"S x\\\".\\\"Gone\\\"",
                        "The type \\\"S x\\\".\\\"Mood\\\" has the value 'it''s ok?' already",
                        "The type mood has the value $$so so$$ already",
                        "The table p1 is no partition of p",
                        "The table p2 is no partition of p",
                        "The database \\\"" + other + "\\\" exists already, as defined",
                        "There is no database \\\"" + other + "2\\\"");
        assertThat(database.one("SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum"
                        + " WHERE enumtypid = 'mood'::regtype"))
                .isEqualTo("sad,so so,new");
        changelog.changeSet("9", NO_TRANSACTION, "CREATE DATABASE \"" + other + "\" CONNECTION LIMIT 3;");
        run().exits(1).says("42P04", other, "other options", "nothing was done");
        database.execute("DROP DATABASE \"" + other + "\"");
        run().exits(0);
        database.execute("DROP DATABASE \"" + other + "\"");
    }

    @Test
    void what_a_reindex_left_is_dropped_before_it_is_repeated() throws Exception {
        String longName = "an_index_with_a_name_that_is_as_long_as_the_server_allows_names";
        changelog.changeSet("0", """
                CREATE TABLE t (x int, y text); CREATE INDEX i ON t (x); CREATE INDEX i2 ON t (y);
                CREATE INDEX %s ON t (x, y); CREATE SCHEMA "S"; CREATE TABLE "S".u (x int);""".formatted(longName));
        afterAll();
        database.execute(
                "CREATE INDEX i_ccnew ON t (x); CREATE INDEX i_ccold1 ON t (x); CREATE INDEX i2_ccnew ON t (y);"
                        + " CREATE INDEX " + longName.substring(0, 57)
                        + "_ccnew ON t (x, y); CREATE INDEX i_ccnew2 ON t (x);"
                        + " CREATE INDEX u_ccnew ON \"S\".u (x)");
        database.executeAsSuperuser(
                "UPDATE pg_index SET indisvalid = false WHERE (SELECT relname FROM pg_class WHERE oid = indexrelid) ~ '_cc(old|new)1?$'");
        changelog.changeSet("1", NO_TRANSACTION, "REINDEX INDEX CONCURRENTLY i;");
        assertThat(run().exits(0).output()).contains("public.i_ccnew was INVALID", "public.i_ccold1 was INVALID");
        assertThat(left()).containsExactly(longName.substring(0, 57) + "_ccnew", "i2_ccnew", "i_ccnew2", "u_ccnew");
        changelog.changeSet("2", NO_TRANSACTION, "REINDEX INDEX CONCURRENTLY " + longName + ";");
        run().exits(0);
        assertThat(left()).containsExactly("i2_ccnew", "i_ccnew2", "u_ccnew");
        changelog.changeSet("3", NO_TRANSACTION, "REINDEX (VERBOSE) TABLE CONCURRENTLY public.t;");
        run().exits(0);
        assertThat(left()).containsExactly("i_ccnew2", "u_ccnew");
        changelog.changeSet("4", NO_TRANSACTION, "REINDEX SCHEMA CONCURRENTLY \"S\";");
        run().exits(0);
        assertThat(left()).containsExactly("i_ccnew2");
    }

    private List<String> left() throws Exception {
        return database.rows(
                "SELECT relname FROM pg_class WHERE relname ~ '_cc(old|new)' ORDER BY relname COLLATE \"C\"");
    }

    @Test
    void a_row_that_is_locked_out_is_tried_again_and_the_statement_is_not() throws Exception {
        changelog.changeSet("0", "CREATE TYPE mood AS ENUM ('sad');");
        afterAll();
        changelog.changeSet("1", NO_TRANSACTION, "ALTER TYPE mood ADD VALUE 'ok';");
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE databasechangelog IN SHARE MODE");
            run("--lock-timeout", "50ms", "--lock-retries", "1")
                    .exits(7)
                    .says(
                            "its history row couldn't be written",
                            "only its history row is missing",
                            "run migrate again");
            Running migration = begin("--lock-timeout", "50ms")
                    .awaitText("The history row of root.sql::1::team, which is done, can't be written yet");
            other.rollback();
            assertThat(migration.result().exits(0).output()).contains("has the value 'ok' already");
        }
        assertThat(history()).containsExactly("0", "1");
    }

    @Test
    void a_stop_does_not_cancel_the_row_of_what_is_done() throws Exception {
        changelog.changeSet("0", "CREATE TABLE t (x int);");
        afterAll();
        changelog
                .changeSet("1", NO_TRANSACTION, "CREATE INDEX CONCURRENTLY t_x ON t (x);")
                .changeSet("2", "SELECT 1;");
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE databasechangelog IN SHARE MODE");
            Running migration = begin("--deadline", "2s");
            database.awaitStatement("INSERT INTO");
            Thread.sleep(2_500);
            assertThat(migration.isDone()).isFalse();
            other.rollback();
            migration.result().exits(8);
        }
        assertThat(history()).containsExactly("0", "1");
    }

    /** One moment for every kind: the session ends between the statement and its row, and the run goes on with another. */
    @Test
    void a_session_lost_before_the_row_is_replaced_and_the_end_state_is_recognised() throws Exception {
        database.executeAsSuperuser("ALTER ROLE " + database.role() + " CREATEDB");
        String other = database.name() + "_2";
        changelog.changeSet("0", "splitStatements:false", """
                CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (x int); CREATE INDEX gone ON t (x); CREATE INDEX i ON t (x);
                CREATE TABLE p (x int) PARTITION BY LIST (x); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
                CREATE MATERIALIZED VIEW m AS SELECT 1 AS x; CREATE UNIQUE INDEX ON m (x);
                CREATE SEQUENCE losses""");
        afterAll();
        database.execute("""
                CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF nextval('losses') % 2 = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$;
                CREATE TRIGGER lose BEFORE INSERT ON databasechangelog FOR EACH ROW EXECUTE FUNCTION lose()""");
        List<String> statements = new ArrayList<>(List.of(
                "CREATE INDEX CONCURRENTLY t_x ON t (x)",
                "DROP INDEX CONCURRENTLY gone",
                "REINDEX INDEX CONCURRENTLY i",
                "ALTER TYPE mood ADD VALUE 'ok' BEFORE 'sad'",
                "VACUUM (ANALYZE) t",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
                "CREATE DATABASE " + other,
                "DROP DATABASE " + other));
        if (database.holds("SELECT current_setting('server_version_num')::int >= 140000")) {
            statements.add("ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY");
        }
        for (int i = 1; i <= statements.size(); i++) {
            changelog.changeSet(String.valueOf(i), NO_TRANSACTION, statements.get(i - 1) + ";");
        }
        Finished run = run().exits(0);
        assertThat(run.events("connection.lost")).hasSize(statements.size());
        assertThat(history()).hasSize(statements.size() + 1).doesNotHaveDuplicates();
        assertThat(database.rows("SELECT 1 FROM pg_index WHERE NOT indisvalid")).isEmpty();
    }

    @Test
    void what_can_not_be_recognised_is_warned_about_only_while_it_is_pending() {
        changelog.changeSet("0", NO_TRANSACTION, "CREATE TABLE t (x int);");
        run("validate", "--strict").exits(2).says("root.sql::0::team", "can't be recognised");
        afterAll();
        changelog.changeSet("1", NO_TRANSACTION, "CREATE TABLE u (x int);");
        run("validate", "--strict").exits(2).says("root.sql::1::team: \"CREATE TABLE u");
        afterAll();
        run("validate", "--strict").exits(0);
    }

    @Test
    void every_format_is_taken_up_alike() throws Exception {
        changelog
                .file("value.sql", "-- a comment; with a semicolon\nALTER TYPE mood ADD VALUE 'ok';\n")
                .file("root.xml", """
                        <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                            xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                            http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                          <changeSet id="0" author="a"><sql>CREATE TABLE t (x int); CREATE TYPE mood AS ENUM ('sad');</sql></changeSet>
                          <changeSet id="1" author="a" runInTransaction="false"><dropIndex tableName="t" indexName="gone"/></changeSet>
                          <changeSet id="2" author="a" runInTransaction="false">
                            <createIndex tableName="t" indexName="t_x"><column name="x" descending="true"/></createIndex>
                            <modifySql dbms="postgresql"><replace replace="CREATE INDEX" with="CREATE INDEX CONCURRENTLY"/></modifySql>
                          </changeSet>
                          <changeSet id="3" author="a" runInTransaction="false"><sqlFile path="value.sql"/></changeSet>
                          <include file="more.yaml"/>
                        </databaseChangeLog>""")
                .file("more.yaml", """
                        databaseChangeLog:
                          - changeSet:
                              id: 4
                              author: a
                              runInTransaction: false
                              changes:
                                - sql: {splitStatements: false, sql: "ALTER TYPE mood ADD VALUE 'new' AFTER 'sad'; ALTER TYPE mood ADD VALUE 'x'"}
                          - changeSet:
                              id: 5
                              author: a
                              runInTransaction: false
                              changes:
                                - sql: {endDelimiter: "//", sql: "DROP INDEX CONCURRENTLY gone // REFRESH MATERIALIZED VIEW m //"}
                        """);
        Program.run(changelog.in(database.environment(), "root.xml"), "--count", "1")
                .exits(0);
        database.execute("CREATE INDEX t_x ON t (x DESC); ALTER TYPE mood ADD VALUE 'ok'; CREATE MATERIALIZED VIEW m AS"
                + " SELECT 1 WITH NO DATA");
        database.execute("ALTER TYPE mood ADD VALUE 'new'; ALTER TYPE mood ADD VALUE 'x'");
        assertThat(Program.run(changelog.in(database.environment(), "root.xml"))
                        .exits(0)
                        .output())
                .contains(
                        "There is no index public.gone: root.xml::1::a",
                        "public.t_x of root.xml::2::a exists already",
                        "value 'ok' already: root.xml::3::a",
                        "value 'new' already: more.yaml::4::a",
                        "value 'x' already: more.yaml::4::a",
                        "There is no index gone: more.yaml::5::a");
        assertThat(database.holds("SELECT relispopulated FROM pg_class WHERE relname = 'm'"))
                .isTrue();
    }
}
