package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.harness.Running;
import dev.lockkeeper.harness.TestDatabase;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Several runners at once, and what is left of runners that are gone. */
class RunnersIT extends DatabaseCase {
    private static final int ROUNDS = Integer.getInteger("runner.rounds", 2);

    @Test
    void two_and_ten_at_once_on_an_empty_database_run_each_change_set_once() throws Exception {
        for (int i = 1; i <= 10; i++) {
            changelog.changeSet("t" + i, "CREATE TABLE t" + i + " (x int); INSERT INTO t" + i + " VALUES (1);");
            changelog.changeSet(
                    "i" + i, "runInTransaction:false", "CREATE INDEX CONCURRENTLY t" + i + "_x ON t" + i + " (x);");
        }
        for (int round = 0; round < ROUNDS; round++) {
            try (TestDatabase fresh = TestDatabase.create()) {
                raceOn(fresh, round % 2 == 0 ? 2 : 10);
            }
        }
    }

    private void raceOn(TestDatabase fresh, int runners) throws Exception {
        Environment environment = changelog.in(fresh.environment()).with("LOCKKEEPER_WAIT", "5m");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < runners; i++) {
            processes.add(Program.start(environment, folder.resolve("runner" + i + ".log"), List.of()));
        }
        int applied = 0;
        for (int i = 0; i < runners; i++) {
            assertThat(processes.get(i).waitFor(5, TimeUnit.MINUTES)).isTrue();
            Finished finished =
                    new Finished(processes.get(i).exitValue(), Files.readString(folder.resolve("runner" + i + ".log")));
            applied += finished.exits(0).result().get("appliedCount").getAsInt();
        }
        assertThat(applied).isEqualTo(20);
        assertThat(fresh.one("SELECT count(*) || '/' || count(DISTINCT id) FROM databasechangelog"))
                .isEqualTo("20/20");
        assertThat(fresh.one("SELECT count(*) FROM t7")).isEqualTo("1");
        assertThat(fresh.rows("SELECT 1 FROM pg_index WHERE NOT indisvalid")).isEmpty();
    }

    @Test
    void another_runner_is_named_waited_for_and_can_be_ended() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        try (var holder = database.connect();
                var statement = holder.createStatement()) {
            statement.execute("SET application_name = 'other-runner'");
            try (var lock = statement.executeQuery("SELECT pg_try_advisory_lock(1280004178, 1398006920)")) {
                assertThat(lock.next() && lock.getBoolean(1)).isTrue();
            }
            Finished waited = run("--wait", "1s").exits(5).untouched().says("other-runner", "migration lock", "unlock");
            JsonObject runner = waited.events("lock.waiting")
                    .get(0)
                    .getAsJsonArray("blockers")
                    .get(0)
                    .getAsJsonObject();
            assertThat(runner.get("application").getAsString()).isEqualTo("other-runner");
            assertThat(runner.get("text").getAsString())
                    .contains("pid ", "application other-runner", "connected since");
            run("unlock").exits(0).untouched().says("other-runner");
            run("unlock", "--confirm").exits(0);
            assertThat(holder.isValid(1)).isFalse();
        }
        run("unlock").exits(0).says("Nobody");
        run().exits(0);
    }

    @Test
    void status_shows_a_running_migration_and_one_that_waited_in_vain_says_so() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int); SELECT pg_sleep(2);");
        assertThat(run("status").exits(0).output()).doesNotContain("A migration is running");
        Running first = begin().awaitEvent("changeset.started");
        Running second = begin().awaitEvent("lock.waiting");
        Finished shown = run("status").exits(0).untouched();
        assertThat(shown.output()).contains("A migration is running", "pid ", "connected since");
        assertThat(shown.text("stateBefore")).isEqualTo("pending");
        first.result().exits(0);
        second.result().exits(0).untouched().says("Nothing to do: another runner applied what was pending.");
    }

    @Test
    void the_locks_key_is_of_the_history_tables_schema_and_name_and_never_changes() throws Exception {
        database.execute("CREATE SCHEMA \"App Data\"; CREATE SCHEMA audit");
        changelog.changeSet("1", "SELECT 1;");
        Environment audit = environment()
                .with("LOCKKEEPER_WAIT", "0s")
                .with("LOCKKEEPER_HISTORY_SCHEMA", "audit")
                .with("LOCKKEEPER_HISTORY_TABLE", "CHANGES");
        Environment app = environment().with("LOCKKEEPER_WAIT", "0s").with("LOCKKEEPER_HISTORY_SCHEMA", "App Data");
        refusedBy("1280004178, 1375272003", audit);
        refusedBy("1280004178, -1062823369", app);
    }

    /** A run of any released image may hold a lock by these very numbers: it and this one must exclude each other. */
    private void refusedBy(String key, Environment runner) throws Exception {
        try (var holder = database.connect();
                var statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + key + ")");
            Program.run(runner).exits(5).untouched();
            Program.run(runner.with("LOCKKEEPER_HISTORY_TABLE", "another")).exits(0);
        }
    }

    @Test
    void a_lock_row_of_plain_liquibase_is_respected_named_and_can_be_cleared() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        database.execute("CREATE TABLE databasechangeloglock (id int PRIMARY KEY, locked boolean NOT NULL,"
                + " lockgranted timestamp, lockedby varchar(255));"
                + "INSERT INTO databasechangeloglock VALUES (1, true, now(), 'web-7 (10.0.0.7)')");
        run("--wait", "1s").exits(5).untouched().says("web-7 (10.0.0.7)", "LOCKGRANTED", "unlock --confirm");
        run("unlock").exits(0).untouched().says("web-7");
        run("unlock", "--confirm").exits(0);
        run().exits(0);
        assertThat(database.holds("SELECT locked FROM databasechangeloglock")).isFalse();
    }
}
