package dev.lockkeeper.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.changelog.parse.ChangelogParser;
import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.QualifiedName;
import dev.lockkeeper.settings.ChangelogLocation;
import dev.lockkeeper.settings.ChangelogSettings;
import dev.lockkeeper.sql.SqlStatement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeSetSqlTest {
    @TempDir
    private Path folder;

    @Test
    void written_sql_and_generated_sql_are_statements_and_other_databases_have_none() throws Exception {
        Changelog changelog = parse("""
                      changes:
                        - sql: {sql: "CREATE TABLE a (x int); COMMENT ON TABLE a IS 'b; c'"}
                        - sql: {dbms: mysql, sql: COMMIT}
                        - sql: {dbms: "!postgresql", sql: COMMIT}
                        - sql: {dbms: "h2,postgresql", sql: SELECT 1}
                        - createTable: {tableName: b, remarks: r, columns: [{column: {name: x, type: int}}]}
                        - addColumn: {tableName: b, columns: [{column: {name: y, type: int}}]}
                """);
        assertThat(texts(all(changelog)))
                .containsExactly(
                        "CREATE TABLE a (x int)",
                        "COMMENT ON TABLE a IS 'b; c'",
                        "SELECT 1",
                        "CREATE TABLE b (x INTEGER)",
                        "COMMENT ON TABLE b IS 'r'",
                        "ALTER TABLE b ADD y INTEGER");
        assertThat(all(changelog).unknown()).isZero();
        ChangeSetSql outline =
                ChangeSetSql.outline(changelog.parsed().getChangeSets().get(0), changelog.database());
        assertThat(texts(outline))
                .containsExactly("CREATE TABLE a (x int)", "COMMENT ON TABLE a IS 'b; c'", "SELECT 1");
        assertThat(outline.unknown()).isEqualTo(2);
    }

    @Test
    void statements_end_where_liquibase_ends_them() throws Exception {
        assertThat(texts(all(parse("""
                      changes:
                        - sql: {sql: "SELECT 1\\nGO\\nCOMMIT\\ngo\\nSELECT 2"}
                        - sql: {endDelimiter: "@@", sql: "SELECT 3 @@ SELECT 4"}
                        - sql: {splitStatements: false, sql: "SELECT 5;\\r\\nSELECT 6"}
                        - sql: {sql: "SELECT 'a\\ngo to b'"}
                """))))
                .containsExactly(
                        "SELECT 1",
                        "COMMIT",
                        "SELECT 2",
                        "SELECT 3",
                        "SELECT 4",
                        "SELECT 5",
                        "SELECT 6",
                        "SELECT 'a\ngo to b'");
    }

    @Test
    void what_modify_sql_asks_for_this_database_is_applied() throws Exception {
        Changelog changelog = parse("""
                      runInTransaction: false
                      changes:
                        - createIndex: {tableName: t, indexName: i, columns: [{column: {name: x}}]}
                      modifySql:
                        - dbms: postgresql
                        - replace: {replace: CREATE INDEX, with: CREATE INDEX CONCURRENTLY}
                """);
        assertThat(texts(all(changelog))).containsExactly("CREATE INDEX CONCURRENTLY i ON t(x)");
    }

    @Test
    void what_is_only_known_at_run_time_is_unknown() throws Exception {
        ChangeSetSql sql = all(parse("""
                      changes:
                        - output: {message: hello}
                        - loadData: {tableName: t, file: t.csv}
                        - executeCommand: {executable: "true"}
                """));
        assertThat(sql.statements()).isEmpty();
        assertThat(sql.unknown()).isEqualTo(3);
    }

    @Test
    void indexes_are_named_as_the_catalog_has_them() throws Exception {
        ChangeSetInfo info = parse("""
                      runInTransaction: false
                      changes:
                        - createIndex: {tableName: t, indexName: UPPER, columns: [{column: {name: x}}]}
                        - createIndex: {schemaName: app, tableName: t, indexName: Mixed, columns: [{column: {name: x}}]}
                        - dropIndex: {tableName: t, indexName: old}
                        - sql: {sql: 'CREATE INDEX "s" ON t (x); DROP INDEX app.older, oldest'}
                """).changeSets().get(0);
        assertThat(info.indexes()).containsExactly(name(null, "upper"), name("app", "Mixed"), name(null, "s"));
        assertThat(info.drops()).containsExactly(name(null, "old"), name("app", "older"), name(null, "oldest"));
        assertThat(info.resumable()).isTrue();
    }

    @Test
    void a_change_set_of_nothing_but_indexes_is_resumable_whatever_other_databases_do() throws Exception {
        assertThat(parse("""
                      runInTransaction: false
                      changes:
                        - sql: {dbms: postgresql, sql: CREATE INDEX CONCURRENTLY i ON t (x)}
                        - createIndex: {tableName: t, indexName: j, columns: [{column: {name: x}}]}
                        - sql: {dbms: mysql, sql: CREATE INDEX i ON t (x)}
                """).changeSets().get(0).resumable()).isTrue();
        assertThat(parse("""
                      runInTransaction: false
                      changes:
                        - createIndex: {tableName: t, indexName: j, columns: [{column: {name: x}}]}
                        - loadData: {tableName: t, file: t.csv}
                """).changeSets().get(0).resumable()).isFalse();
    }

    private static QualifiedName name(String schema, String name) {
        return new QualifiedName(Optional.ofNullable(schema), name);
    }

    private static List<String> texts(ChangeSetSql sql) {
        return sql.statements().stream().map(SqlStatement::text).toList();
    }

    private static ChangeSetSql all(Changelog changelog) throws Exception {
        return LiquibaseScope.call(
                changelog.files(),
                () -> ChangeSetSql.of(changelog.parsed().getChangeSets().get(0), changelog.database()));
    }

    private Changelog parse(String changeSet) throws Exception {
        new ChangelogFolder(folder)
                .file("t.csv", "x\n1\n")
                .file("root.yaml", "databaseChangeLog:\n  - changeSet:\n      id: 1\n      author: t\n" + changeSet);
        return ChangelogParser.parse(new ChangelogSettings(
                new ChangelogLocation(folder, "root.yaml"),
                "",
                "",
                Map.of(),
                Optional.empty(),
                "databasechangelog",
                Map.of()));
    }
}
