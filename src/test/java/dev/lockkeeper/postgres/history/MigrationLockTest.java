package dev.lockkeeper.postgres.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Literal numbers on purpose: an image that used others could run at the same time as every image before it. */
class MigrationLockTest {
    @Test
    void the_first_half_of_the_key_is_ours_for_ever() {
        assertThat(MigrationLock.CLASS).isEqualTo(1_280_004_178);
    }

    @ParameterizedTest
    @CsvSource({
        "public, databasechangelog, 1398006920",
        "audit, changes, 1375272003",
        "App Data, databasechangelog, -1062823369",
        "größe, databasechangelog, -995422555",
    })
    void the_second_half_depends_on_the_history_tables_schema_and_name_alone(String schema, String table, int key) {
        assertThat(MigrationLock.key(schema, table)).isEqualTo(key);
    }
}
