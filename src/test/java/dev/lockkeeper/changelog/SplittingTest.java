package dev.lockkeeper.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.sql.SqlScript;
import dev.lockkeeper.sql.SqlStatement;
import java.util.Arrays;
import java.util.List;
import liquibase.change.core.RawSQLChange;
import liquibase.database.core.PostgresDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our statements are those that the server gets: Liquibase splits a text, and the driver splits each part at semicolons. */
class SplittingTest {
    private static final List<String> TEXTS = List.of(
            "SELECT 1; SELECT 2",
            "SELECT 1\nGO\nCOMMIT\ngo\nSELECT 2\nGo",
            "  go\nSELECT 1",
            "SELECT 1\r\nGO\r\nCOMMIT\r\n",
            "SELECT 1\nGO -- a batch\nCOMMIT\nGO;\nSELECT 2",
            "SELECT 1\nGO COMMIT",
            "SELECT 1\n  GO\nSELECT 2",
            "SELECT 1 AS go\n, 2 AS go_on\ngo_on",
            "SELECT 1\n/\nCOMMIT\n/\nSELECT 2",
            "SELECT 8\n/ 2;",
            "SELECT 1\n/* a\n/ */ / 2; /* go */\nCOMMIT",
            "SELECT 1\n/* a */go\nCOMMIT",
            "SELECT 1 @@ COMMIT @@ SELECT 2; SELECT 3",
            "SELECT 1\n@@\nCOMMIT\n@@",
            "SELECT 1 $$ COMMIT $$ SELECT 2",
            "SELECT 1;; SELECT 2;;",
            "SELECT 1 --; COMMIT\n; COMMIT",
            "SELECT 'a;\nGO\nb'; SELECT $x$\nGO\n$x$",
            "SELECT 1 /* ; */; SELECT 2 // COMMIT //",
            "BEGIN; SELECT 1; COMMIT; SELECT 2",
            "BEGIN TRANSACTION; SELECT 1; END; SELECT 2",
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; COMMIT",
            "DO $$ BEGIN PERFORM 1; PERFORM 2; END $$; COMMIT");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "true, false, -",
                "true, true, -",
                "false, false, -",
                "false, true, -",
                "true, false, ;",
                "true, true, /",
                "true, false, /",
                "true, false, @@",
                "true, false, $$",
                "true, false, //",
                "true, false, '\\nGO'",
                "true, false, '\\n@@'",
                "true, false, ';;'",
                "true, false, '\\s*;\\s*'",
                "true, true, 'go'",
                "false, false, @@"
            })
    void statements_end_where_the_server_sees_them_end(boolean split, boolean strip, String delimiter) {
        for (String text : TEXTS) {
            RawSQLChange change = new RawSQLChange(text);
            change.setSplitStatements(split);
            change.setStripComments(strip);
            change.setEndDelimiter(delimiter);
            assertThat(ours(change)).as(text).isEqualTo(sent(change));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"**", "("})
    void a_delimiter_that_liquibase_cannot_use_leaves_the_statements_unknown(String delimiter) {
        RawSQLChange change = new RawSQLChange("SELECT 1");
        change.setEndDelimiter(delimiter + delimiter);
        assertThat(ChangeSetSql.of(change, List.of(), new PostgresDatabase())).isEmpty();
    }

    private static List<String> ours(RawSQLChange change) {
        return withoutComments(
                ChangeSetSql.of(change, List.of(), new PostgresDatabase()).orElseThrow());
    }

    private static List<String> sent(RawSQLChange change) {
        return withoutComments(Arrays.stream(change.generateStatements(new PostgresDatabase()))
                .flatMap(statement -> SqlScript.parse(statement.toString()).statements().stream())
                .toList());
    }

    private static List<String> withoutComments(List<SqlStatement> statements) {
        return statements.stream().map(statement -> statement.onOneLine(1_000)).toList();
    }
}
