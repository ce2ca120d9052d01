package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lockkeeper.harness.Background;
import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.harness.Running;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody is in the way of a change set. */
class LockIT extends DatabaseCase {
    @BeforeEach
    void setUp() throws Exception {
        database.execute("CREATE TABLE busy (x int); INSERT INTO busy VALUES (1); CREATE TABLE quiet (x int)");
        changelog.changeSet("0", "CREATE TABLE first (x int);");
        run("baseline", "--none").exits(0);
    }

    @Override
    protected Environment environment() {
        return super.environment().with("LOCKKEEPER_LOCK_TIMEOUT", "1s");
    }

    /** A transaction that has read the table and does nothing more. */
    private static void read(Connection reader, String application) throws Exception {
        try (Statement statement = reader.createStatement()) {
            statement.execute("SET application_name = '" + application + "'");
            reader.setAutoCommit(false);
            statement.execute("SELECT * FROM busy WHERE x <> 4711 OR 'a-literal' = 'b'");
        }
    }

    @Test
    void a_change_set_waits_by_retries_names_who_is_in_the_way_and_succeeds_when_that_ends() throws Exception {
        changelog.changeSet("1", """
                INSERT INTO quiet VALUES (1);
                ALTER TABLE busy ADD COLUMN y int;""");
        try (Connection reader = database.connect()) {
            read(reader, "nightly-report");
            Running migration = begin();
            Duration longest = Duration.ZERO;
            while (migration.count("changeset.retried") < 2) {
                longest = longer(longest, timeToRead());
            }
            reader.rollback();
            Finished run = migration.result().exits(0);

            assertThat(longest).isLessThan(Duration.ofMillis(1_700));
            assertThat(database.one("SELECT count(*) FROM quiet")).isEqualTo("1");
            List<JsonObject> retried = run.events("changeset.retried");
            assertThat(retried).isNotEmpty();
            assertThat(retried.get(0).get("sqlState").getAsString()).isEqualTo("55P03");
            assertThat(run.result().get("retriedCount").getAsInt()).isEqualTo(retried.size());
            JsonObject waiting = run.events("lock.waiting").get(0);
            assertThat(waiting.get("what").getAsString()).isEqualTo("ACCESS EXCLUSIVE on busy");
            assertThat(waiting.get("waitedMs").getAsLong()).isLessThan(1_000);
            JsonObject blocker = waiting.getAsJsonArray("blockers").get(0).getAsJsonObject();
            assertThat(blocker.get("application").getAsString()).isEqualTo("nightly-report");
            assertThat(blocker.get("state").getAsString()).isEqualTo("idle in transaction");
            assertThat(blocker.get("lock").getAsString()).isEqualTo("holds ACCESS SHARE on busy");
            assertThat(blocker.get("query").getAsString()).isEqualTo("SELECT * FROM busy WHERE x <> ? OR ? = ?");
            assertThat(run.output()).doesNotContain("4711").doesNotContain("a-literal");
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** How long a new query of the app waits. */
    private Duration timeToRead() throws Exception {
        try (Connection app = database.connect();
                Statement statement = app.createStatement()) {
            long begun = System.nanoTime();
            statement.execute("SELECT count(*) FROM busy");
            return Duration.ofNanos(System.nanoTime() - begun);
        }
    }

    @Test
    void if_no_attempt_is_left_the_run_ends_with_7_and_still_names_who_is_in_the_way() throws Exception {
        changelog.changeSet("1", """
                --comment: lockkeeper: lock-timeout=300ms, retries=1
                INSERT INTO quiet VALUES (1);
                ALTER TABLE busy ADD COLUMN y int;""");
        try (Connection reader = database.connect()) {
            read(reader, "nightly-report");
            Finished run = run().exits(7).says("2 attempts", "root.sql::1::team", "nightly-report", "rolled back");
            assertThat(run.events("changeset.retried")).hasSize(1);
            assertThat(run.text("stateAfter")).isEqualTo("pending");
            assertThat(database.one("SELECT count(*) FROM quiet")).isEqualTo("0");
        }
        run().exits(0);
    }

    /** The server refuses a COMMIT in a procedure that a transaction calls, so the change set is atomic all the same. */
    @Test
    void a_procedure_that_is_called_in_a_transaction_is_rolled_back_with_it() throws Exception {
        database.execute("""
                CREATE PROCEDURE widen() LANGUAGE plpgsql AS 'BEGIN ALTER TABLE busy ADD COLUMN y int; END';
                CREATE PROCEDURE tidy() LANGUAGE plpgsql AS
                    'BEGIN INSERT INTO quiet VALUES (2); COMMIT; INSERT INTO quiet VALUES (3); END'""");
        changelog.changeSet("1", """
                INSERT INTO quiet VALUES (1);
                CALL widen();""");
        try (Connection reader = database.connect()) {
            read(reader, "nightly-report");
            Environment once = environment().with("LOCKKEEPER_LOCK_RETRIES", "1");
            Finished run = Program.run(once).exits(7).says("2 attempts", "nightly-report", "rolled back");
            assertThat(run.events("changeset.retried")).hasSize(1);
        }
        run().exits(0);

        changelog.changeSet("2", "CALL tidy();");
        run("validate", "--strict").exits(0);
        run().exits(1).untouched().says("2D000", "It was rolled back", "runInTransaction:false");
        assertThat(database.rows("SELECT x FROM quiet")).containsExactly("1");
    }

    @Test
    void its_own_setting_to_go_on_after_failures_is_not_meant_for_those_in_the_way() throws Exception {
        changelog.changeSet("1", "failOnError:false", "ALTER TABLE busy ADD COLUMN y int;");
        try (Connection locker = database.connect()) {
            locker.setAutoCommit(false);
            try (Statement statement = locker.createStatement()) {
                statement.execute("LOCK TABLE busy IN ACCESS EXCLUSIVE MODE");
            }
            Finished refused = Program.run(environment().with("LOCKKEEPER_LOCK_RETRIES", "1"));
            refused.exits(7).says("root.sql::1::team", "2 attempts");
            changelog.file("root.sql", """
                    --liquibase formatted sql
                    --changeset team:0
                    CREATE TABLE first (x int);
                    --changeset team:2
                    --preconditions onFail:MARK_RAN onError:MARK_RAN
                    --precondition-sql-check expectedResult:1 SELECT count(*) FROM busy
                    SELECT 1;
                    """);
            Program.run(environment().with("LOCKKEEPER_LOCK_RETRIES", "1"))
                    .exits(7)
                    .says("root.sql::2::team");
        }
        assertThat(database.rows("SELECT id FROM databasechangelog WHERE id <> '0'"))
                .isEmpty();
    }

    @Test
    void a_connection_lost_in_the_pause_between_two_attempts_is_replaced() throws Exception {
        changelog.changeSet("1", "ALTER TABLE busy ADD COLUMN y int;");
        try (Connection reader = database.connect()) {
            read(reader, "nightly-report");
            Running migration = Program.begin(environment().with("LOCKKEEPER_LOCK_TIMEOUT", "200ms"));
            // The pause after the fourth attempt is 0.8 seconds at least.
            migration.awaitEvents("changeset.retried", 4);
            await(() -> database.rows("SELECT 1 FROM pg_stat_activity WHERE application_name = 'lockkeeper'"
                    + " AND datname = current_database() AND state = 'idle'"));
            database.terminateRunner();
            migration.awaitEvent("connection.lost");
            reader.rollback();
            Finished run = migration.result().exits(0);
            assertThat(run.events("connection.lost")).hasSize(1);
        }
    }

    @Test
    void a_deadlock_is_retried() throws Exception {
        changelog.changeSet("1", """
                ALTER TABLE quiet ADD COLUMN y int;
                SELECT pg_sleep(1.5);
                UPDATE busy SET x = 2;""");
        Environment patient = environment().with("LOCKKEEPER_LOCK_TIMEOUT", "20s");
        // A session looks for a deadlock once, after it has waited for deadlock_timeout. Here the migration is the last
        // to begin to wait, so it is the one that finds the deadlock and is its victim.
        database.executeAsSuperuser("ALTER ROLE " + database.role() + " SET deadlock_timeout = '200ms'");
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("UPDATE busy SET x = 3");
            Running migration = Program.begin(patient);
            database.awaitStatement("pg_sleep(");
            Background<Boolean> deadlock = Background.start(() -> statement.execute("SELECT * FROM quiet"));
            deadlock.result(Duration.ofSeconds(30));
            other.commit();
            Finished run = migration.result().exits(0);
            assertThat(run.events("changeset.retried").get(0).get("sqlState").getAsString())
                    .isEqualTo("40P01");
        }
    }

    @Test
    void another_roles_session_is_named_and_the_grant_that_shows_more() throws Exception {
        changelog.changeSet("1", "ALTER TABLE busy ADD COLUMN y int;");
        try (Connection stranger = database.superuser()) {
            read(stranger, "dba");
            Finished run = Program.run(environment().with("LOCKKEEPER_LOCK_RETRIES", "0"));
            run.exits(7).says("application dba", "user postgres", "holds ACCESS SHARE on busy");
            assertThat(run.output()).contains("GRANT pg_read_all_stats TO").doesNotContain("insufficient privilege");
        }
    }

    @Test
    void a_blocker_idle_in_its_transaction_is_ended_if_that_is_asked_for_and_allowed() throws Exception {
        changelog.changeSet("1", "ALTER TABLE busy ADD COLUMN y int;");
        Environment ending = environment().with("LOCKKEEPER_TERMINATE_BLOCKERS_IDLE_IN_TRANSACTION", "1500ms");
        Program.run(ending).exits(4).untouched().says("pg_signal_backend", "pg_read_all_stats", "GRANT");
        database.executeAsSuperuser("GRANT pg_signal_backend, pg_read_all_stats TO " + database.role());
        try (Connection forgotten = database.connect()) {
            read(forgotten, "forgotten");
            Finished run = Program.run(ending).exits(0);
            assertThat(run.output()).contains("Ended the session of pid");
            assertThat(forgotten.isValid(1)).isFalse();
        }
    }

    @Test
    void what_commits_by_itself_is_not_begun_again() throws Exception {
        changelog.changeSet("1", """
                INSERT INTO quiet VALUES (1);
                COMMIT;
                ALTER TABLE busy ADD COLUMN y int;""");
        try (Connection reader = database.connect()) {
            read(reader, "nightly-report");
            run().exits(1).says("55P03", "commits by itself");
        }
        assertThat(database.one("SELECT count(*) FROM quiet")).isEqualTo("1");
    }

    @Test
    void the_timeout_holds_again_after_a_failure_outside_a_transaction() throws Exception {
        changelog.changeSet(
                "1",
                "runInTransaction:false failOnError:false",
                "CREATE INDEX CONCURRENTLY i ON busy (no_such_column);");
        changelog.changeSet("2", "runInTransaction:false failOnError:false", """
                --comment: lockkeeper: batched, lock-timeout=9s
                UPDATE busy SET x = 1 / 0;""");
        changelog.changeSet("3", "CREATE TABLE seen AS SELECT current_setting('lock_timeout') AS lock_timeout;");
        run().exits(0);
        assertThat(database.one("SELECT lock_timeout FROM seen")).isEqualTo("1s");
    }

    @Test
    void a_role_taken_on_does_not_make_the_session_look_ended() throws Exception {
        database.executeAsSuperuser("CREATE ROLE " + database.role() + "_owner; GRANT " + database.role()
                + "_owner TO " + database.role() + "; GRANT ALL ON SCHEMA public TO " + database.role() + "_owner;"
                + " GRANT ALL ON ALL TABLES IN SCHEMA public TO " + database.role() + "_owner");
        changelog.changeSet("1", "SELECT pg_sleep(2);");
        Finished run = run("--role", database.role() + "_owner").exits(0);
        assertThat(run.events("connection.lost")).isEmpty();
        database.executeAsSuperuser(
                "DROP OWNED BY " + database.role() + "_owner CASCADE; DROP ROLE " + database.role() + "_owner");
    }

    @Test
    void somebody_at_the_history_itself_is_exit_7() throws Exception {
        changelog.changeSet("1", "SELECT 1;");
        run().exits(0);
        try (Connection locker = database.connect();
                Statement statement = locker.createStatement()) {
            locker.setAutoCommit(false);
            statement.execute("UPDATE databasechangelog SET tag = NULL");
            run("migrate", "--tag", "v1").exits(7).says("history");
            statement.execute("LOCK TABLE databasechangelog IN ACCESS EXCLUSIVE MODE");
            run("status").exits(7).untouched().says("history");
        }
    }

    @Test
    void a_monitor_that_can_not_connect_never_fails_a_run() throws Exception {
        changelog.changeSet("1", """
                ALTER TABLE busy ADD COLUMN y int;
                SELECT pg_sleep(1);""");
        database.executeAsSuperuser("ALTER ROLE " + database.role() + " CONNECTION LIMIT 1");
        Finished run = run().exits(0);
        assertThat(run.result().get("appliedCount").getAsInt()).isEqualTo(2);
        assertThat(run.output()).contains("No second connection");
    }
}
