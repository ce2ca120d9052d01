package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Program;
import org.junit.jupiter.api.Test;

/** What the history's columns can't hold is refused before anything is touched; so is an old table that can't be adapted. */
class HistoryColumnsIT extends DatabaseCase {
    private static final String LONG = "x".repeat(256);

    @Test
    void what_is_too_long_for_a_new_table_is_refused_in_every_format() throws Exception {
        changelog
                .file("root.yaml", """
                        databaseChangeLog:
                          - changeSet: {id: %1$s, author: a, changes: [{sql: {sql: CREATE TABLE y (x int)}}]}
                          - changeSet: {id: 2, author: a, changes: [{tagDatabase: {tag: %1$s}}]}
                          - changeSet: {id: 3, author: a, logicalFilePath: %1$s, changes: []}
                          - changeSet: {id: 4, author: a, contextFilter: never, comment: %1$s, changes: []}
                          - changeSet: {id: %1$s, author: a, dbms: h2, changes: []}
                          - include: {file: one.sql, contextFilter: %2$s}
                          - include: {file: two.json}
                        """.formatted(LONG, "x".repeat(200)))
                .file("one.sql", """
                        --liquibase formatted sql
                        --changeset a:5 contextFilter:%1$s labels:%2$s runInTransaction:false
                        CREATE TABLE z (x int);
                        --changeset %2$s:6
                        --comment: %2$s
                        SELECT 1;
                        """.formatted("y".repeat(60), LONG))
                .file("two.json", """
                        {"databaseChangeLog": [{"changeSet": {"id": "7", "author": "é%s", "changes": []}}]}
                        """.formatted("€".repeat(254)));
        Environment environment = changelog
                .in(database.environment(), "root.yaml")
                .with("LOCKKEEPER_CONTEXTS", "x".repeat(200) + "," + "y".repeat(60));
        Program.run(environment)
                .exits(2)
                .untouched()
                .says(
                        "6 problems",
                        "its id has 256 characters, and column id of the history table holds 255",
                        "the tag that it sets has 256",
                        "the name of its file (or its logicalFilePath) has 256",
                        "its contexts, with those of its includes, have",
                        "its labels, with those of its includes, have 256",
                        "its author has 256",
                        "Shorten");
        assertThat(database.fingerprint()).isEmpty();
        Program.run(environment, "validate").exits(2).untouched().says("6 problems");
        Environment offline = changelog.in(Environment.of(), "root.yaml");
        Program.run(offline.with("LOCKKEEPER_CONTEXTS", "other"), "validate", "--strict")
                .exits(2)
                .says("3 problems", "its id has 256");
    }

    @Test
    void an_existing_table_is_asked_what_it_holds() throws Exception {
        changelog.changeSet("1", "SELECT 1;");
        run("migrate", "--tag", "v1").exits(0);
        database.execute("""
                CREATE DOMAIN short AS varchar(9);
                ALTER TABLE databasechangelog ALTER id TYPE varchar(12), ALTER author TYPE short, ALTER tag TYPE varchar(5),
                    ALTER filename TYPE text, ALTER labels TYPE varchar(9), ALTER comments TYPE varchar(20)""");
        changelog.file("root.sql", """
                --liquibase formatted sql
                --changeset team:1
                SELECT 1;
                --changeset team:thirteen-long
                SELECT 1;
                --changeset whole-team:2 labels:longer-than-nine
                --comment: more than twenty characters
                SELECT 1;
                """);
        String alter = "ALTER TABLE public.databasechangelog ALTER COLUMN author TYPE varchar(255),"
                + " ALTER COLUMN comments TYPE varchar(255), ALTER COLUMN id TYPE varchar(255),"
                + " ALTER COLUMN tag TYPE varchar(255)";
        run("migrate", "--tag", "tag-of-6")
                .exits(2)
                .untouched()
                .says("4 problems", "column id of the history table holds 12", alter);
        run("validate").exits(2).says("3 problems");
        run("tag", "tag-of-6").exits(2).untouched().says("the tag has 8 characters");
        database.execute(alter);
        run("migrate", "--tag", "tag-of-6").exits(0);
        assertThat(database.one("SELECT labels FROM databasechangelog WHERE tag = 'tag-of-6'"))
                .isEqualTo("longer-than-nine");

        database.execute("ALTER TABLE databasechangelog ALTER id TYPE text");
        changelog.changeSet(LONG, "SELECT 2;");
        run().exits(0);
    }

    @Test
    void an_old_table_of_another_role_is_adapted_by_that_role() throws Exception {
        changelog.changeSet("1", "SELECT 1;");
        run().exits(0);
        String role = database.role() + "_dba";
        database.executeAsSuperuser("CREATE ROLE " + role);
        try {
            database.executeAsSuperuser("ALTER TABLE databasechangelog DROP deployment_id, DROP labels, DROP contexts;"
                    + " ALTER TABLE databasechangelog OWNER TO " + role
                    + "; GRANT ALL ON databasechangelog TO " + database.role());
            run().exits(0);
            changelog.changeSet("2", "SELECT 2;");
            String alter = "ALTER TABLE public.databasechangelog ADD COLUMN contexts varchar(255), ADD COLUMN labels"
                    + " varchar(255), ADD COLUMN deployment_id varchar(10)";
            run().exits(4).untouched().says("belongs to \"" + role + "\"", alter, "LOCKKEEPER_ROLE");
            run("tag", "v1").exits(4).untouched().says(alter);
            database.executeAsSuperuser(alter);
            run().exits(0);
        } finally {
            database.executeAsSuperuser("DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
        database.executeAsSuperuser("DROP TABLE IF EXISTS databasechangelog");
    }
}
