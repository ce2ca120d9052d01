package dev.lockkeeper.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NONE     | -1 | SET lock_timeout = 0",
                "NONE     | -1 | /* a comment */ show x",
                "NONE     | -1 | SELECT 1",
                "PERHAPS  | -1 | SELECT setval('s', 1)",
                "CERTAIN  | -1 | SELECT 1 AS x INTO t",
                "CERTAIN  | 0  | CREATE TABLE t (x int)",
                "PERHAPS  | 0  | CREATE TABLE IF NOT EXISTS t (x int)",
                "CERTAIN  | 3  | update t set x = 1",
                "NONE     | 0  | UPDATE t SET x = 1",
                "PERHAPS  | -1 | DELETE FROM t RETURNING x",
                "PERHAPS  | -1 | DO 'BEGIN END'",
                "CERTAIN  | 0  | UPDATE t SET x = 1; CREATE TABLE u ()",
                "PERHAPS  | 0  | SET x = 1; UPDATE t SET x = 1",
            })
    void sql_that_succeeded(Written expected, long rows, String sql) {
        assertThat(Written.ofSuccess(sql, rows)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NONE    | CREATE INDEX i ON t (x)",
                "PERHAPS | CREATE UNIQUE INDEX CONCURRENTLY i ON t (x)",
                "PERHAPS | ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
                "PERHAPS | CALL p()",
                "PERHAPS | VACUUM t",
                "PERHAPS | INSERT INTO t VALUES (1); COMMIT; SELECT 1 / 0",
            })
    void sql_that_failed_outside_a_transaction(Written expected, String sql) {
        assertThat(Written.ofFailure(sql)).isEqualTo(expected);
    }
}
