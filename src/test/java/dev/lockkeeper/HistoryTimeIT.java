package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order of the history's rows is the order of running, whatever zones they were written in. */
class HistoryTimeIT extends DatabaseCase {
    private static final TimeZone OURS = TimeZone.getDefault();

    @BeforeEach
    void writeChangelog() {
        changelog.changeSet("1", "CREATE TABLE a (x int);").changeSet("2", "runOnChange:true", "SELECT 2;");
    }

    @AfterEach
    void restoreZone() {
        TimeZone.setDefault(OURS);
    }

    @Test
    void rows_have_the_servers_time_in_utc_but_none_is_older_than_the_newest() throws Exception {
        in("Asia/Tokyo", "migrate", "--tag", "v1");
        assertThat(isNow(database)).isTrue();

        in("America/New_York", "tag", "v1-again");
        changelog.changeSet("3", "CREATE TABLE b (at timestamp DEFAULT now());\nINSERT INTO b DEFAULT VALUES;");
        in("America/New_York", "migrate", "--tag", "v2");
        assertThat(isNow(database)).isTrue();
        assertThat(ran()).containsExactly("1|null", "2|v1-again", "3|v2");
        // What a change set calls now is as with plain Liquibase.
        assertThat(database.holds(
                        "SELECT abs(extract(epoch FROM at - timezone('America/New_York', now()))) < 60 FROM b"))
                .isTrue();

        // As plain Liquibase writes it in Tokyo, nine hours ahead.
        database.execute("UPDATE databasechangelog SET dateexecuted = dateexecuted + interval '9h' WHERE id = '3'");
        changelog.file("root.sql", """
                --liquibase formatted sql
                --changeset team:1
                CREATE TABLE a (x int);
                --changeset team:2 runOnChange:true
                SELECT 'two';
                --changeset team:4 runInTransaction:false
                SELECT 4;
                """);
        in("UTC", "migrate", "--tag", "v3");
        assertThat(ran()).containsExactly("1|null", "3|v2", "2|v1-again", "4|v3");
        assertThat(database.rows("SELECT id FROM databasechangelog ORDER BY orderexecuted"))
                .containsExactly("1", "3", "2", "4");
        assertThat(database.one("SELECT max(dateexecuted) - min(dateexecuted) FILTER (WHERE id = '3')"
                        + " FROM databasechangelog"))
                .isEqualTo("00:00:00.002");
    }

    @Test
    void a_column_with_time_zone_gets_the_same_time_and_so_does_a_baseline() throws Exception {
        database.execute("CREATE TABLE here (x int)");
        in("America/New_York", "baseline", "--all");
        assertThat(isNow(database)).isTrue();
        database.execute(
                "ALTER TABLE databasechangelog ALTER dateexecuted TYPE timestamptz USING dateexecuted AT TIME ZONE 'UTC'");
        changelog.changeSet("3", "SELECT 3;");
        in("Asia/Tokyo", "migrate");
        assertThat(ran()).containsExactly("1|null", "2|null", "3|null");
        assertThat(database.holds("SELECT max(dateexecuted) > now() - interval '1 minute' FROM databasechangelog"))
                .isTrue();
    }

    private void in(String zone, String... arguments) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        run(arguments).exits(0);
        TimeZone.setDefault(OURS);
    }

    private List<String> ran() throws SQLException {
        return database.rows("SELECT id, tag FROM databasechangelog ORDER BY dateexecuted, orderexecuted");
    }

    private static boolean isNow(TestDatabase database) throws SQLException {
        return database.holds("SELECT bool_and(abs(extract(epoch FROM dateexecuted - timezone('UTC', now()))) < 60)"
                + " FROM databasechangelog");
    }
}
