package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lockkeeper.fixture.LargeChangelog;
import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a changelog's text says that Liquibase doesn't read is named with file, line and what was meant, without a database. */
class UnreadTextTest {
    @TempDir
    private Path folder;

    private ChangelogFolder changelog;

    @BeforeEach
    void setUp() {
        changelog = new ChangelogFolder(folder);
    }

    private Finished validate(String root) {
        return Program.run(changelog.in(Environment.of(), root), "validate");
    }

    private List<String> unread(String root) {
        return unread(validate(root).exits(0));
    }

    private static List<String> unread(Finished run) {
        return run.events("finding").stream()
                .filter(finding -> finding.get("level").getAsString().equals("warn"))
                .map(UnreadTextTest::text)
                .toList();
    }

    private static String text(JsonObject finding) {
        return finding.get("where").getAsString() + ": "
                + finding.get("message").getAsString();
    }

    /** A change set whose keys stand under these, in YAML. */
    private List<String> yaml(String keys) {
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: 1
                      author: team
                %s
                """.formatted(keys.stripTrailing().indent(6)));
        return unread("root.yaml");
    }

    private static final String CHANGES = "changes: [ {sql: {sql: SELECT 1}} ]\n";

    @ParameterizedTest
    @CsvSource({
        "label: nightly, labels",
        "lables: nightly, labels",
        "contexts: prod, context",
        "context_filter: prod, contextFilter",
        "runInTransation: false, runInTransaction",
        "runOnChanges: true, runOnChange",
        "failOnErrors: false, failOnError",
        "Rollback: DROP TABLE a, rollback",
        "validChekSum: any, validCheckSum",
        "logicalFilepaths: a.yaml, logicalFilePath"
    })
    void a_misspelt_key_of_a_change_set(String key, String meant) {
        assertThat(yaml(key + "\n" + CHANGES)).singleElement().satisfies(finding -> {
            assertThat(finding).startsWith("root.yaml:5: ").contains("\"" + key.split(":", 2)[0] + "\"");
            assertThat(finding).contains("change set 1 of team").endsWith("Did you mean " + meant + "?");
        });
    }

    @Test
    void keys_that_liquibase_reads_in_any_case_and_spelling() {
        assertThat(yaml("""
                        runonchange: true
                        alwaysRun: false
                        CONTEXT: a
                        labels: b
                        dbms: postgresql
                        ignore: false
                        created: yesterday
                        runOrder: last
                        objectQuotingStrategy: LEGACY
                        onValidationFail: HALT
                        failOnError: true
                        runWith: jdbc
                        comment: one
                        validCheckSum: [ 1:any, "8:d41d8cd98f00b204e9800998ecf8427e" ]
                        preconditions:
                          - onFail: MARK_RAN
                          - onFailMessage: no
                          - or:
                              - tableExists: {tableName: a}
                              - not: {sqlCheck: {expectedResult: 1, sql: SELECT 0}}
                              - changeLogPropertyDefined: {property: p, value: v}
                        changes:
                          - createTable:
                              tableName: a
                              remarks: r
                              ifNotExists: true
                              columns:
                                - column: {name: id, type: int, autoIncrement: true, startWith: 3,
                                    constraints: {primaryKey: true, nullable: false, primaryKeyName: pk}}
                                - column:
                                    name: b
                                    type: text
                                    defaultValueComputed: now()
                                    constraints: {references: a(id), foreignKeyName: f, deleteCascade: true}
                          - addColumn: {tableName: a, columns: [ {column: {name: c, type: int}} ]}
                          - createIndex: {indexName: i, tableName: a, unique: true, columns: [ {column: {name: c, descending: true}} ]}
                          - insert: {tableName: a, columns: [ {column: {name: b, valueComputed: now()}} ]}
                          - update:
                              tableName: a
                              columns: [ {column: {name: b, value: x}} ]
                              where: "id = :value"
                              whereParams: [ {param: {valueNumeric: 1}} ]
                          - delete: {tableName: a, where: "id = 1"}
                          - addForeignKeyConstraint: {constraintName: k, baseTableName: a, baseColumnNames: c,
                              referencedTableName: a, referencedColumnNames: id, onDelete: CASCADE, validate: true}
                          - createView: {viewName: v, selectQuery: SELECT 1, replaceIfExists: true}
                          - sql: SELECT 2
                          - sql: {sql: SELECT 3, splitStatements: false, stripComments: true, endDelimiter: x, dbms: postgresql, comment: c}
                          - tagDatabase: {tag: t}
                          - empty: {}
                        rollback:
                          - dropTable: {tableName: a, cascadeConstraints: true}
                          - sql: SELECT 4
                        modifySql:
                          dbms: postgresql
                          applyToRollback: true
                          replace: {replace: x, with: y}
                          append: {value: z}
                        """)).isEmpty();
    }

    @Test
    void keys_in_the_wrong_place() {
        assertThat(yaml("""
                        changes:
                          - createTable:
                              tableName: a
                              columns:
                                - column: {name: id, type: int}
                                - columns: {name: b, type: int}
                                - addUniqueConstraint: {tableName: a, columnNames: id, constraintName: u}
                              addPrimaryKey: {tableName: a, columnNames: id}
                              runOnChange: true
                          - createIndex:
                              indexName: i
                              tableName: a
                              uniqe: true
                              columns: [ {column: {name: id}} ]
                          - runInTransaction: false
                          - sql: {sql: SELECT 1, splitStatement: false}
                        """))
                .extracting(finding -> finding.replaceFirst(" \\(change set.*?\\)", ""))
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith("root.yaml:10: \"columns\"")
                                .endsWith("mean column?"),
                        one -> assertThat(one)
                                .startsWith("root.yaml:11: \"addUniqueConstraint\"")
                                .contains("change of its own"),
                        one -> assertThat(one)
                                .startsWith("root.yaml:12: \"addPrimaryKey\"")
                                .contains("change of its own"),
                        one -> assertThat(one)
                                .startsWith("root.yaml:13: \"runOnChange\"")
                                .contains("to the change set"),
                        one -> assertThat(one)
                                .startsWith("root.yaml:17: \"uniqe\"")
                                .endsWith("mean unique?"),
                        one -> assertThat(one).startsWith("root.yaml:19: \"runInTransaction\""),
                        one -> assertThat(one)
                                .startsWith("root.yaml:20: \"splitStatement\"")
                                .endsWith("splitStatements?"));
    }

    @Test
    void repeated_keys_in_yaml_and_json() {
        assertThat(yaml("""
                        changes:
                          - sql:
                              sql: SELECT 1
                              sql: SELECT 2
                          - sql:
                            sql: SELECT 3
                        """))
                .singleElement()
                .satisfies(one -> assertThat(one).startsWith("root.yaml:7: \"sql\" is given again in line 8"));
        changelog.file("root.json", """
                {"databaseChangeLog": [
                  {"changeSet": {"id": "1", "author": "team", "lable": "nightly",
                    "changes": [ {"sql": {"sql": "SELECT 1"}} ],
                    "changes": [ {"sql": {"sql": "SELECT 2"}} ]}},
                  {"changeSet": {"id": "2", "author": "team", "changes": [ {"sql": {"sql": "SELECT 3"}} ]},
                   "changeSet": {"id": "3", "author": "team", "changes": [ {"sql": {"sql": "SELECT 4"}} ]}}
                ]}
                """);
        assertThat(unread("root.json"))
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith("root.json:5: \"changeSet\"")
                                .contains("change set 3"),
                        one -> assertThat(one)
                                .startsWith("root.json:3: \"changes\"")
                                .contains("change set 1"),
                        one -> assertThat(one).startsWith("root.json:2: \"lable\""));
    }

    @Test
    void yaml_that_is_put_together_from_anchors_has_no_repeated_or_unknown_keys() {
        changelog.file("root.yaml", """
                templates:
                  - &attributes {author: team, runOnChange: false, ofAnotherProgram: 1}
                  - &column {name: id, type: int}
                databaseChangeLog:
                  - changeSet:
                      <<: *attributes
                      id: 1
                      author: other
                      changes:
                        - createTable: {tableName: a, columns: [ {column: {<<: *column, type: bigint}} ]}
                        - createTable: {tableName: b, columns: [ {column: *column} ]}
                """);
        assertThat(unread("root.yaml")).isEmpty();
    }

    @Test
    void keys_of_the_changelog_itself() {
        changelog
                .file("one.sql", "--liquibase formatted sql\n--changeset team:1\nSELECT 1;\n")
                .file("root.yaml", """
                databaseChangeLog:
                  - logicalFilePath: root.yaml
                  - lables: nightly
                  - property: {name: a, value: b, contxt: prod}
                  - include: {file: one.sql, relativeToChangelogFiles: true, context: prod}
                  - preConditions:
                      - dbms: {type: postgresql}
                changeSet: {id: 1, author: team}
                """);
        assertThat(unread("root.yaml"))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("root.yaml:3: \"lables\""),
                        one -> assertThat(one)
                                .startsWith("root.yaml:4: \"contxt\"")
                                .endsWith("mean context?"),
                        one -> assertThat(one).startsWith("root.yaml:5: ").endsWith("mean relativeToChangelogFile?"),
                        one -> assertThat(one).startsWith("root.yaml:8: \"changeSet\" isn't read beside"));
    }

    @Test
    void sql_names_its_change_set_and_strict_fails() {
        changelog.file("root.sql", """
                --liquibase formatted sql
                --changeset team:1 labels: nightly
                SELECT 1;
                --changeset team:2 dbms:mysql
                INSERT INTO a VALUES ('it\\'s
                --rollback x
                ');
                """);
        assertThat(unread("root.sql"))
                .containsExactly("root.sql:2: \"labels: nightly\" is read only up to \"labels:\""
                        + " (change set 1 of team). Did you mean labels:nightly?");
        Program.run(changelog.in(Environment.of(), "root.sql"), "validate", "--strict")
                .exits(2)
                .says("root.sql:2", "labels:nightly");
    }

    @Test
    void a_file_with_only_sql_is_content_if_a_change_names_it() {
        changelog
                .file("sql/body.sql", "--liquibase formatted sql\nSELECT 1;\n")
                .file("sql/view.sql", "SELECT 1\n")
                .file("sql/undo.sql", "--liquibase formatted sql\nSELECT 2;\n")
                .file("sql/procedure.sql", "CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';\n")
                .file("sql/plain.sql", "-- changes: none\nSELECT 1;\n")
                .file("root.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: 1
                      author: team
                      changes:
                        - sqlFile: {path: sql/body.sql}
                        - createView: {viewName: v, path: sql/view.sql}
                        - createProcedure: {procedureName: p, path: sql/procedure.sql}
                      rollback: [ {sqlFile: {path: sql/undo.sql}} ]
                  - include: {file: sql/plain.sql}
                """);
        assertThat(unread("root.yaml")).isEmpty();
    }

    /** XML needs no check of ours: without a schema that knows everything in it, it isn't read at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<databaseChangeLog>",
                "<!DOCTYPE databaseChangeLog><databaseChangeLog>",
                "<databaseChangeLog xmlns=\"http://www.liquibase.org/xml/ns/dbchangelog\">",
                "<databaseChangeLog xmlns=\"http://www.liquibase.org/xml/ns/dbchangelog\""
                        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\""
                        + "http://www.liquibase.org/xml/ns/dbchangelog http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd\">",
                "<databaseChangeLog xmlns=\"http://www.liquibase.org/xml/ns/dbchangelog\""
                        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\""
                        + "http://www.liquibase.org/xml/ns/dbchangelog http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-3.8.xsd\">"
            })
    void xml_with_an_unknown_attribute_or_element_is_refused(String start) {
        String changeSet = "<changeSet id=\"1\" author=\"team\"><sql>SELECT 1</sql></changeSet></databaseChangeLog>";
        for (String wrong : List.of(
                changeSet.replace(" author", " label=\"nightly\" author"),
                changeSet.replace("</sql>", "</sql><sqll/>"))) {
            changelog.file("root.xml", start + wrong);
            validate("root.xml").exits(2).says("root.xml");
        }
    }

    @Test
    void the_sample_and_a_large_changelog() throws Exception {
        ChangelogFolder sample = new ChangelogFolder(Path.of("changelog"));
        assertThat(unread(Program.run(sample.in(Environment.of(), "changelog-root.yaml"), "validate")))
                .isEmpty();
        LargeChangelog.write(folder);
        assertThat(unread(validate(LargeChangelog.ROOT))).noneMatch(finding -> finding.contains("isn't"));
    }
}
