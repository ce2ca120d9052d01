package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.DatabaseCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** "Database touched" says what was written and committed, whoever wrote it, and nothing else. */
class TouchedIT extends DatabaseCase {
    private void touched(String expected, int code) {
        assertThat(run().exits(code).text("databaseTouched")).isEqualTo(expected);
    }

    private void next(String attributes, String sql) {
        changelog = new ChangelogFolder(changelog.folder())
                .changeSet("1", "CREATE TABLE t (x int, y int);")
                .changeSet("2", attributes, sql);
    }

    @Test
    void what_liquibase_does_to_the_history_counts() throws Exception {
        changelog.changeSet("1", "SELECT 1 / 0;");
        // The history table is created, and nothing else.
        touched("yes", 1);
        next("", "SELECT 1 / 0;");
        touched("yes", 1);
        touched("no", 1);
        database.execute("UPDATE databasechangelog SET md5sum = NULL");
        touched("yes", 1);
        database.execute("ALTER TABLE databasechangelog DROP COLUMN deployment_id");
        touched("yes", 1);
        touched("no", 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "no; 1; ALTER TYPE nowhere ADD VALUE 'b'",
                "no; 1; CREATE INDEX CONCURRENTLY i ON t (nowhere",
                "no; 1; INSERT INTO t VALUES (1 / 0)",
                "unknown; 1; CREATE UNIQUE INDEX CONCURRENTLY j ON t (x)",
                "unknown; 1; DO $$ BEGIN PERFORM 1 / 0@ END $$",
                "yes; 1; CREATE TABLE u ()@ SELECT 1 / 0",
            })
    void a_change_set_outside_a_transaction_that_fails_touched_what_it_had_done(String expected, int code, String sql)
            throws Exception {
        next("", "SELECT 1;");
        run().exits(0);
        database.execute("INSERT INTO t VALUES (1, 1), (1, 2)");
        String more = sql.startsWith("DO") ? " splitStatements:false" : "";
        changelog.changeSet("3", "runInTransaction:false" + more, sql.replace('@', ';') + ";");
        touched(expected, code);
        changelog = new ChangelogFolder(changelog.folder())
                .changeSet("1", "CREATE TABLE t (x int, y int);")
                .changeSet("2", "SELECT 1;")
                .changeSet("3", "runInTransaction:false failOnError:false" + more, sql.replace('@', ';') + ";");
        // Passed over, with the same effect.
        if (!expected.equals("yes") && !sql.contains("UNIQUE")) {
            touched(expected, 0);
        }
    }

    @Test
    void what_is_refused_before_the_server_is_asked_touches_nothing() throws Exception {
        next("runInTransaction:false", "CREATE INDEX CONCURRENTLY i ON t (x);");
        run("--count", "1").exits(0);
        database.execute("CREATE INDEX i ON t (y)");
        touched("no", 1);
    }
}
