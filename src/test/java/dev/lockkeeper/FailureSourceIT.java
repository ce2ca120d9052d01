package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import org.junit.jupiter.api.Test;

/** A statement that fails is named with the file and line at which it begins. */
class FailureSourceIT extends DatabaseCase {
    private void failsAt(String root, String place) {
        Finished run =
                Program.run(changelog.in(database.environment(), root)).exits(1).says("failed at " + place);
        JsonObject failed = run.result().getAsJsonObject("failed");
        assertThat(failed.get("sourceFile").getAsString() + ":"
                        + failed.get("sourceLine").getAsInt())
                .isEqualTo(place);
    }

    @Test
    void in_formatted_sql() {
        changelog.file("changes/0017.sql", """
                --liquibase formatted sql
                --changeset team:1
                CREATE TABLE a (x int);

                --changeset team:2 splitStatements:true
                -- the next one is fine
                INSERT INTO a
                  VALUES (1);
                INSERT INTO a
                  SELECT 1 / 0;
                --rollback DELETE FROM a;

                --changeset team:3
                SELECT 1 / 0;
                """);
        changelog.file("root.yaml", "databaseChangeLog:\n  - includeAll: { path: changes }\n");
        // Its first line occurs twice, so the change set is named.
        failsAt("root.yaml", "changes/0017.sql:5");
        changelog.file("changes/0017.sql", """
                --liquibase formatted sql
                --changeset team:1
                CREATE TABLE a (x int);

                --changeset team:2
                INSERT INTO a VALUES (1);
                INSERT INTO a SELECT 1 / 0;
                """);
        failsAt("root.yaml", "changes/0017.sql:7");
    }

    @Test
    void in_yaml_xml_and_a_file_of_sql() {
        changelog.file("sql/fill.sql", "SELECT 1;\n\nSELECT 2,\n  1 / 0;\n");
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: fill
                      author: team
                      changes:
                        - sqlFile: { path: sql/fill.sql }
                """);
        failsAt("root.yaml", "sql/fill.sql:3");
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: one
                      author: team
                      changes:
                        - sql: { sql: SELECT 1 }
                  - changeSet:
                      id: divide
                      author: team
                      changes:
                        - sql:
                            sql: |
                              SELECT 1;
                              SELECT 1 / 0;
                """);
        failsAt("root.yaml", "root.yaml:14");
        changelog.file("root.xml", """
                <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                    http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                  <changeSet id="drop" author="team">
                    <dropTable tableName="missing"/>
                  </changeSet>
                </databaseChangeLog>
                """);
        failsAt("root.xml", "root.xml:4");
    }

    @Test
    void statements_that_can_not_be_sent_are_refused_with_their_cure() {
        changelog.changeSet("1", "COPY a (x) FROM stdin;\n1\n\\.\n");
        run().exits(2).untouched().says("root.sql::1::team", "psql", "loadData");
        changelog.file(
                "root.sql", "--liquibase formatted sql\n--changeset team:1\n\\echo hello\nCREATE TABLE a (x int);\n");
        run().exits(2).untouched().says("root.sql::1::team", "psql");
        changelog.file("root.sql", """
                --liquibase formatted sql
                --changeset team:1
                CREATE FUNCTION twice(x int) RETURNS int LANGUAGE sql
                BEGIN ATOMIC
                  SELECT CASE WHEN x > 0 THEN 2 * x END;
                  SELECT 2;
                END;
                CREATE TABLE a (x int);
                """);
        run().says("root.sql::1::team", "splitStatements:false");
    }
}
