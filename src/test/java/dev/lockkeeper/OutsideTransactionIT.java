package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lockkeeper.harness.Await;
import dev.lockkeeper.harness.Background;
import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.harness.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Change sets outside a transaction: cut short, met again, repeated. */
class OutsideTransactionIT extends DatabaseCase {
    private static final String BACKFILL = """
            UPDATE t SET y = x
            WHERE x IN (SELECT x FROM t WHERE y IS NULL ORDER BY x LIMIT 1000 FOR UPDATE);
            """;

    @BeforeEach
    void setUp() throws Exception {
        changelog.changeSet("1", """
                CREATE TABLE t (x int PRIMARY KEY, y int);
                INSERT INTO t SELECT i, NULL FROM generate_series(1, 20000) i;""");
        run().exits(0);
    }

    private void indexOn(String columns) {
        changelog.changeSet("2", "runInTransaction:false", "CREATE INDEX CONCURRENTLY t_y ON t " + columns + ";");
    }

    /** Validity and definition; empty if there is no index. */
    private String index() throws Exception {
        return String.join(
                "",
                database.rows("SELECT i.indisvalid || ' ' || regexp_replace(pg_get_indexdef(i.indexrelid),"
                        + " '.* USING ', '') FROM pg_index i WHERE i.indexrelid = to_regclass('t_y')"));
    }

    @Test
    void an_invalid_leftover_is_dropped_and_built_again() throws Exception {
        database.execute("UPDATE t SET y = 1");
        changelog.changeSet("2", "runInTransaction:false", "CREATE UNIQUE INDEX CONCURRENTLY t_y ON t (y);");
        run().exits(1).says("23505", "INVALID index (t_y)", "drops an INVALID index");
        assertThat(index()).isEqualTo("false btree (y)");
        assertThat(run("status").exits(0).text("stateBefore")).isEqualTo("pending");
        database.execute("UPDATE t SET y = x");
        Finished run = run().exits(0);
        assertThat(run.output()).contains("public.t_y is INVALID").contains("dropped");
        assertThat(index()).isEqualTo("true btree (y)");
    }

    @Test
    void if_not_exists_does_not_pass_over_an_invalid_leftover() throws Exception {
        indexOn("(y)");
        changelog.file(
                "root.sql",
                Files.readString(changelog.folder().resolve("root.sql"))
                        .replace("CREATE INDEX CONCURRENTLY", "CREATE INDEX CONCURRENTLY IF NOT EXISTS"));
        database.execute("CREATE INDEX t_y ON t (y)");
        database.executeAsSuperuser("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 't_y'::regclass");
        run().exits(0);
        assertThat(index()).isEqualTo("true btree (y)");
    }

    @Test
    void an_index_that_exists_as_defined_is_recorded_and_not_built_again() throws Exception {
        indexOn("(lower(y::text) text_pattern_ops DESC NULLS LAST, x) INCLUDE (y) WHERE y IS NOT NULL AND x > 3");
        database.execute("CREATE INDEX t_y ON t USING btree (lower((y)::text) text_pattern_ops DESC NULLS LAST, x)"
                + " INCLUDE (y) WHERE ((y IS NOT NULL) AND (x > 3))");
        String before = database.one("SELECT 't_y'::regclass::oid");
        Finished run = run().exits(0);
        assertThat(run.output()).contains("recorded, not built again");
        assertThat(database.one("SELECT 't_y'::regclass::oid")).isEqualTo(before);
        assertThat(database.rows("SELECT id FROM databasechangelog")).contains("2");
        assertThat(run("status").exits(0).text("stateBefore")).isEqualTo("up-to-date");
    }

    @Test
    void an_index_of_that_name_with_another_definition_is_a_failure() throws Exception {
        indexOn("(y)");
        database.execute("CREATE INDEX t_y ON t (y, x)");
        run().exits(1).says("42P07", "t_y", "another definition");
        database.execute("DROP INDEX t_y; CREATE UNIQUE INDEX t_y ON t (y)");
        run().exits(1).says("42P07", "t_y", "another definition");
        changelog.file(
                "root.sql",
                Files.readString(changelog.folder().resolve("root.sql"))
                        .replace("CREATE INDEX CONCURRENTLY", "CREATE INDEX CONCURRENTLY IF NOT EXISTS"));
        database.execute("DROP INDEX t_y; CREATE TABLE elsewhere (y int); CREATE INDEX t_y ON elsewhere (y)");
        run().exits(1).says("42P07", "elsewhere");
        database.execute("DROP INDEX t_y");
        run().exits(0);
    }

    @Test
    void an_index_that_can_not_be_compared_is_reported() throws Exception {
        indexOn("(y)");
        database.execute("CREATE INDEX t_y ON t (y)");
        database.executeAsSuperuser("ALTER DATABASE " + database.name() + " OWNER TO postgres; REVOKE TEMP ON DATABASE "
                + database.name()
                + " FROM PUBLIC; REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT CREATE ON DATABASE "
                + database.name() + " TO "
                + database.role());
        run().exits(1).says("can't be compared", "permission denied", "nothing was done");
        database.executeAsSuperuser("GRANT CREATE ON SCHEMA public TO " + database.role());
        assertThat(run().exits(0).output()).contains("recorded, not built again");
    }

    @Test
    void a_drop_that_was_cut_short_is_not_a_contradiction() throws Exception {
        indexOn("(y)");
        run().exits(0);
        changelog.changeSet("3", "runInTransaction:false", "DROP INDEX CONCURRENTLY t_y;");
        database.executeAsSuperuser("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 't_y'::regclass");
        assertThat(run("status").exits(0).text("stateBefore")).isEqualTo("pending");
        run().exits(0);
        assertThat(index()).isEmpty();
    }

    @Test
    void an_index_that_somebody_else_is_building_is_waited_for() throws Exception {
        indexOn("(y)");
        try (Connection reader = database.connect();
                Statement reading = reader.createStatement();
                Connection dba = database.superuser();
                Statement building = dba.createStatement()) {
            reader.setAutoCommit(false);
            reading.execute("LOCK TABLE t IN ROW EXCLUSIVE MODE");
            Background<Boolean> build =
                    Background.start(() -> building.execute("CREATE INDEX CONCURRENTLY t_y ON t (y)"));
            await(() -> database.rows("SELECT 1 FROM pg_class WHERE relname = 't_y'"));
            Running migration = begin().awaitText("may be building it right now");
            assertThat(migration.isDone()).isFalse();
            reader.rollback();
            build.result(Duration.ofSeconds(30));
            assertThat(migration.result().exits(0).output()).contains("recorded, not built again");
        }
        assertThat(index()).isEqualTo("true btree (y)");
    }

    @Test
    void a_runner_killed_while_it_builds_leaves_nothing_that_the_next_one_cannot_fix() throws Exception {
        indexOn("(y)");
        try (Connection reader = database.connect();
                Statement statement = reader.createStatement()) {
            // CONCURRENTLY waits for this transaction, after the index is in the catalog.
            reader.setAutoCommit(false);
            statement.execute("LOCK TABLE t IN ROW EXCLUSIVE MODE");
            Path log = folder.resolve("killed.log");
            Process process = Program.start(environment(), log, List.of());
            Await.until(() -> !index().isEmpty(), () -> "no index is being built");
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(log)).doesNotContain("55P03");
        }
        Finished run = run().exits(0);
        assertThat(index()).isEqualTo("true btree (y)");
        assertThat(run.events("changeset.applied")).hasSize(1);
    }

    @Test
    void concurrently_waits_longer_than_the_lock_timeout_and_names_for_whom() throws Exception {
        indexOn("(y)");
        try (Connection writer = database.connect();
                Statement statement = writer.createStatement()) {
            statement.execute("SET application_name = 'slow-writer'");
            writer.setAutoCommit(false);
            statement.execute("LOCK TABLE t IN ROW EXCLUSIVE MODE");
            Running migration = begin("--lock-timeout", "200ms").awaitEvent("lock.waiting");
            await(() -> database.rows("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX%'"
                    + " AND wait_event_type = 'Lock' AND clock_timestamp() - query_start > interval '600ms'"));
            assertThat(migration.isDone()).isFalse();
            writer.rollback();
            Finished run = migration.result().exits(0);
            assertThat(run.events("lock.waiting").toString())
                    .contains("CONCURRENTLY waits for them", "application slow-writer");
        }
        assertThat(index()).isEqualTo("true btree (y)");
        // The timeout is back for what follows.
        changelog.changeSet("3", "SELECT 1 / (current_setting('lock_timeout') = '200ms')::int;");
        run("--lock-timeout", "200ms").exits(0);
    }

    @Test
    void a_batched_statement_is_repeated_until_it_changes_no_row() throws Exception {
        changelog.changeSet("2", "runInTransaction:false", "--comment: lockkeeper: batched, pause=1ms\n" + BACKFILL);
        database.execute("""
                CREATE TABLE seen (xid text);
                CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN INSERT INTO seen VALUES (txid_current()::text); RETURN NULL; END $$;
                CREATE TRIGGER see AFTER UPDATE ON t FOR EACH STATEMENT EXECUTE FUNCTION see()""");
        Finished run = run().exits(0);
        JsonObject applied = run.events("changeset.applied").get(0);
        assertThat(applied.get("rows").getAsLong()).isEqualTo(20_000);
        assertThat(database.one("SELECT count(*) FROM t WHERE y IS DISTINCT FROM x"))
                .isEqualTo("0");
        assertThat(database.one("SELECT count(DISTINCT xid) FROM seen")).isEqualTo("21");
        assertThat(run("status").exits(0).text("stateBefore")).isEqualTo("up-to-date");
    }

    @Test
    void a_batched_change_set_cut_short_goes_on_with_the_rest() throws Exception {
        changelog.changeSet("2", "runInTransaction:false", "--comment: lockkeeper: batched, pause=200ms\n" + BACKFILL);
        Finished stopped = run("--deadline", "1500ms").exits(8);
        stopped.says("batches that it committed stay", "continues with the remaining rows");
        assertThat(stopped.text("databaseTouched")).isEqualTo("yes");
        long done = Long.parseLong(database.one("SELECT count(*) FROM t WHERE y IS NOT NULL"));
        assertThat(done).isPositive().isLessThan(20_000);
        Finished rest = run().exits(0);
        assertThat(rest.events("changeset.applied").get(0).get("rows").getAsLong())
                .isEqualTo(20_000 - done);
    }

    @Test
    void a_batch_is_tried_again_if_somebody_is_in_the_way() throws Exception {
        changelog.changeSet(
                "2", "runInTransaction:false", "--comment: lockkeeper: batched, lock-timeout=200ms\n" + BACKFILL);
        try (Connection writer = database.connect();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("UPDATE t SET y = NULL WHERE x = 5500");
            Running migration = begin().awaitEvent("lock.waiting");
            String attempted = database.one("SELECT clock_timestamp()");
            await(() -> database.rows("SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND application_name = 'lockkeeper' AND wait_event_type = 'Lock' AND query_start > '"
                    + attempted + "'"));
            assertThat(migration.isDone()).isFalse();
            writer.rollback();
            Finished run = migration.result().exits(0);
            assertThat(run.result().get("retriedCount").getAsInt()).isPositive();
        }
    }

    @Test
    void a_batched_statement_that_would_never_end_is_ended() throws Exception {
        changelog.changeSet("2", "runInTransaction:false", """
                --comment: lockkeeper: batched, pause=0
                UPDATE t SET y = x;""");
        run().exits(1).says("again and again", "LIMIT");
    }

    @Test
    void a_limited_batch_that_changes_the_same_rows_again_is_ended() throws Exception {
        changelog.changeSet("2", "runInTransaction:false", """
                --comment: lockkeeper: batched, pause=0
                UPDATE public.t SET y = 1 WHERE x IN (SELECT x FROM t WHERE x > 0 ORDER BY x LIMIT 9000);""");
        run().exits(1).says("more than public.t has", "again and again", "a condition");
    }

    @Test
    void a_comment_that_can_not_be_followed_is_found_before_anything_runs() {
        changelog
                .changeSet("a", "--comment: lockkeeper: batched\nUPDATE t SET y = 1;")
                .changeSet("b", "runInTransaction:false", "--comment: lockkeeper: lock-timeout=2s\nVACUUM t;")
                .changeSet("c", "--comment: lockkeeper: patience=2s\nSELECT 1;")
                .changeSet("d", "--comment: lockkeeper: lock-timeout=soon\nSELECT 1;")
                .changeSet("e", "runInTransaction:false", "--comment: lockkeeper: batched\nVACUUM t;")
                .changeSet("g", "runInTransaction:false", """
                        --comment: lockkeeper: batched
                        WITH m AS (DELETE FROM t WHERE x IN (SELECT x FROM t LIMIT 9) RETURNING *) INSERT INTO u SELECT * FROM m;""")
                .changeSet("h", "runInTransaction:false", """
                        --comment: lockkeeper: batched
                        DELETE FROM t WHERE x IN (SELECT x FROM t LIMIT 9) RETURNING x;""")
                .changeSet("f", "--comment: adds a thing. lockkeeper: retries=many\nSELECT 1;");
        run("validate")
                .exits(2)
                .says(
                        "8 problems",
                        "root.sql::g::team: its comment says batched, which needs exactly one change",
                        "root.sql::h::team: its comment says batched, which needs exactly one change",
                        "root.sql::a::team: its comment says batched, which needs runInTransaction:false",
                        "root.sql::b::team: its comment sets lock-timeout, which has no effect outside",
                        "root.sql::c::team: its comment says lockkeeper: \"patience\"",
                        "root.sql::d::team: its comment sets lock-timeout: \"soon\" isn't a duration",
                        "root.sql::e::team: its comment says batched, which needs exactly one change",
                        "root.sql::f::team: its comment sets retries=many");
    }

    @Test
    void an_index_build_reports_its_phase_and_how_much_of_it_is_done() throws Exception {
        database.execute("""
                CREATE TABLE wide (x int, filler text);
                INSERT INTO wide SELECT i, repeat(md5(i::text), 60) FROM generate_series(1, 800) i;
                CREATE FUNCTION slow(x int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS
                $$ BEGIN PERFORM pg_sleep(0.01); RETURN x; END $$""");
        changelog.changeSet("2", "CREATE INDEX wide_slow ON wide (slow(x));");
        JsonObject progress = run().exits(0).events("progress").get(0);
        assertThat(progress.get("phase").getAsString()).isEqualTo("CREATE INDEX: building index: scanning table");
        assertThat(progress.get("percent").getAsDouble()).isBetween(1.0, 99.0);
    }

    @Test
    void long_statements_report_their_progress() throws Exception {
        changelog.changeSet("2", "SELECT pg_sleep(6);");
        Finished run = run().exits(0);
        JsonObject progress = run.events("progress").get(0);
        assertThat(progress.get("elapsedMs").getAsLong()).isBetween(5_000L, 60_000L);
        assertThat(progress.getAsJsonObject("changeSet").get("id").getAsString())
                .isEqualTo("2");
    }
}
