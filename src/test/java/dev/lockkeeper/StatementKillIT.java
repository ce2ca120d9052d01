package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.fixture.SchemaDump;
import dev.lockkeeper.harness.Await;
import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.harness.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runners that are killed around a statement outside a transaction, of every kind, and the run after each. */
class StatementKillIT {
    /** For every kind; 0 is the short form: one moment for a few kinds. */
    private static final int MOMENTS = Integer.getInteger("statement.kill.moments", 0);

    private static final int FEW = 3;

    private static final long SEED = Long.getLong("kill.seed", System.nanoTime());

    /** From this release on the server ends a session whose client is gone, also while it waits for a lock. */
    private static final int NOTICES_DEAD_CLIENTS = 14;

    private static final int GRANTS_ALTER_SYSTEM = 15;

    private static final String SETUP = """
            CREATE TABLE t (x int, y text); INSERT INTO t SELECT i, 'a' || i FROM generate_series(1, 500) i;
            CREATE TABLE u (x int); CREATE INDEX u_x ON u (x); CREATE SCHEMA s; CREATE TABLE s.v (x int PRIMARY KEY);
            CREATE INDEX t_gone ON t (x); CREATE INDEX t_kept ON t (x); CREATE INDEX "T kept" ON t (y);
            CREATE TYPE mood AS ENUM ('sad'); CREATE TYPE "Mood" AS ENUM ('sad');
            CREATE TABLE p (x int) PARTITION BY LIST (x); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
            CREATE TABLE "P2" PARTITION OF p FOR VALUES IN (2);
            CREATE MATERIALIZED VIEW m AS SELECT count(*) AS x FROM u; CREATE UNIQUE INDEX m_x ON m (x);""";

    @TempDir
    private Path folder;

    private int begun;
    private int kills;

    /** What is between the runner and its end when it is killed. */
    private enum Hold {
        /** The statement waits for its table, or nothing holds it. */
        BEFORE,
        /** The statement waits for an older transaction, halfway if it is CONCURRENTLY. */
        HALFWAY,
        /** The statement is done, and its history row waits. */
        ROW,
        NONE
    }

    /**
     * When a runner is killed.
     *
     * @param late whether the hold goes only when the server has noticed that the runner is dead
     */
    private record Moment(Hold hold, boolean late) {
        private static final List<Moment> ALL = List.of(
                new Moment(Hold.ROW, true),
                new Moment(Hold.BEFORE, true),
                new Moment(Hold.HALFWAY, true),
                new Moment(Hold.ROW, false),
                new Moment(Hold.BEFORE, false),
                new Moment(Hold.HALFWAY, false),
                new Moment(Hold.NONE, false));

        /** Those beyond the list are at a random time. */
        static Moment number(int i) {
            return ALL.get(Math.min(i, ALL.size() - 1));
        }
    }

    /**
     * A kind of statement.
     *
     * @param since the first release that has it
     * @param before a statement that locks what this one needs; empty if there is no such thing
     * @param halfway a statement whose transaction it waits for
     * @param done a query that is true when it is done
     */
    private record Kind(int since, String sql, String before, String halfway, String done) {
        static Kind onTable(int since, String table, String sql, String done) {
            return new Kind(
                    since,
                    sql,
                    "LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE",
                    "LOCK TABLE " + table + " IN ROW EXCLUSIVE MODE",
                    done);
        }

        static Kind alone(int since, String sql, String done) {
            return new Kind(since, sql, "", "", done);
        }
    }

    private static List<Kind> kinds(String other) {
        return List.of(
                Kind.onTable(
                        13, "t", "CREATE INDEX CONCURRENTLY t_x ON t (x)", "SELECT to_regclass('t_x') IS NOT NULL"),
                Kind.onTable(
                        13,
                        "t",
                        "CREATE UNIQUE INDEX CONCURRENTLY \"T Y\" ON t (lower(t.y)) WHERE t.x > 0",
                        "SELECT to_regclass('\"T Y\"') IS NOT NULL"),
                Kind.onTable(13, "t", "DROP INDEX CONCURRENTLY t_gone", "SELECT to_regclass('t_gone') IS NULL"),
                Kind.onTable(13, "t", "REINDEX INDEX CONCURRENTLY \"T kept\"", "SELECT true"),
                Kind.onTable(14, "u", "REINDEX (CONCURRENTLY) TABLE u", "SELECT true"),
                Kind.onTable(13, "s.v", "REINDEX SCHEMA CONCURRENTLY s", "SELECT true"),
                Kind.alone(
                        13,
                        "ALTER TYPE mood ADD VALUE 'ok'",
                        "SELECT array_agg(e::text) = '{sad,ok}' FROM unnest(enum_range(NULL::mood)) e"),
                Kind.alone(
                        13,
                        "ALTER TYPE public.\"Mood\" ADD VALUE 'it''s ok' BEFORE 'sad'",
                        "SELECT array_agg(e::text) = '{it''s ok,sad}' FROM unnest(enum_range(NULL::\"Mood\")) e"),
                Kind.onTable(
                        14,
                        "p",
                        "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY",
                        "SELECT NOT relispartition FROM pg_class WHERE relname = 'p1'"),
                Kind.onTable(
                        14,
                        "p",
                        "ALTER TABLE public.p DETACH PARTITION \"P2\" CONCURRENTLY",
                        "SELECT NOT relispartition FROM pg_class WHERE relname = 'P2'"),
                Kind.onTable(13, "t", "VACUUM (FULL, ANALYZE) t", "SELECT true"),
                new Kind(
                        13,
                        "REFRESH MATERIALIZED VIEW m",
                        "SELECT FROM m",
                        "LOCK TABLE u IN ACCESS EXCLUSIVE MODE",
                        "SELECT relispopulated FROM pg_class WHERE relname = 'm'"),
                new Kind(
                        13,
                        "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
                        "LOCK TABLE u IN ACCESS EXCLUSIVE MODE",
                        "LOCK TABLE u IN ACCESS EXCLUSIVE MODE",
                        "SELECT relispopulated FROM pg_class WHERE relname = 'm'"),
                Kind.alone(15, "ALTER SYSTEM SET cursor_tuple_fraction = 0.2", "SELECT true"),
                Kind.alone(
                        13,
                        "CREATE DATABASE \"" + other + "\"",
                        "SELECT EXISTS (SELECT FROM pg_database WHERE datname = '" + other + "')"),
                Kind.alone(
                        13,
                        "DROP DATABASE \"" + other + "\"",
                        "SELECT NOT EXISTS (SELECT FROM pg_database WHERE datname = '" + other + "')"),
                Kind.alone(
                        13,
                        "CREATE TABLESPACE " + other + " LOCATION '/tmp/" + other + "'",
                        "SELECT EXISTS (SELECT FROM pg_tablespace WHERE spcname = '" + other + "')"),
                Kind.alone(
                        13,
                        "DROP TABLESPACE " + other,
                        "SELECT NOT EXISTS (SELECT FROM pg_tablespace WHERE spcname = '" + other + "')"));
    }

    @Test
    void after_a_kill_around_any_statement_outside_a_transaction_the_next_run_succeeds() throws Exception {
        System.out.println("kill.seed " + SEED + ", moments " + MOMENTS);
        Random random = new Random(SEED);
        String reference = MOMENTS == 0 ? "" : round(-1, kinds -> kinds, random);
        for (int moment = 0; moment < MOMENTS; moment++) {
            assertThat(round(moment, kinds -> kinds, random))
                    .as("moment " + moment)
                    .isEqualTo(reference);
        }
        if (MOMENTS == 0) {
            round(random.nextInt(FEW), kinds -> some(kinds, random), random);
        }
        System.out.println("statement kills: " + kills + " runners killed before they had ended, of " + begun);
        assertThat(kills).isPositive();
    }

    private static List<Kind> some(List<Kind> kinds, Random random) {
        List<Kind> shuffled = new ArrayList<>(kinds);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, FEW);
    }

    /** Goes through the kinds, and kills a runner at each, unless the moment is negative; returns the schema. */
    private String round(int moment, UnaryOperator<List<Kind>> choice, Random random) throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            List<Kind> kinds = choice.apply(prepare(database));
            Environment environment = changelog(database, kinds);
            Program.run(environment, "--count", "1").exits(0);
            for (int i = 0; i < kinds.size(); i++) {
                allow(database, kinds.get(i));
                if (moment >= 0) {
                    begun++;
                    kills += kill(database, environment, kinds.get(i), Moment.number(moment), random) ? 1 : 0;
                }
                if (!recorded(database).contains(String.valueOf(i))) {
                    Program.run(environment, "--count", "1").exits(0);
                }
                check(database, kinds.get(i), i);
            }
            assertThat(Program.run(environment).exits(0).text("stateAfter")).isEqualTo("up-to-date");
            restore(database);
            try (Connection connection = database.superuser()) {
                return SchemaDump.of(connection, "public").replace(database.role(), "owner");
            }
        }
    }

    /** Gives the role what it needs for the kinds that belong to the whole server. */
    private static List<Kind> prepare(TestDatabase database) throws Exception {
        String other = database.name() + "_other";
        int release = release(database);
        database.executeAsSuperuser("ALTER ROLE " + database.role() + " CREATEDB");
        if (release >= GRANTS_ALTER_SYSTEM) {
            database.executeAsSuperuser("GRANT ALTER SYSTEM ON PARAMETER cursor_tuple_fraction TO " + database.role());
        }
        database.executeAsSuperuser("COPY (SELECT 1) TO PROGRAM 'cat > /dev/null; mkdir -p /tmp/" + other + "'");
        return kinds(other).stream().filter(kind -> kind.since() <= release).toList();
    }

    /** Tablespaces are the superuser's. */
    private static void allow(TestDatabase database, Kind kind) throws Exception {
        if (kind.sql().contains(" TABLESPACE ")) {
            database.executeAsSuperuser("ALTER ROLE " + database.role() + " SUPERUSER");
        }
    }

    private static void restore(TestDatabase database) throws Exception {
        String other = database.name() + "_other";
        database.executeAsSuperuser("DROP DATABASE IF EXISTS \"" + other + "\"");
        database.executeAsSuperuser("DROP TABLESPACE IF EXISTS " + other);
        database.executeAsSuperuser("COPY (SELECT 1) TO PROGRAM 'cat > /dev/null; rmdir /tmp/" + other + "'");
        database.executeAsSuperuser("ALTER SYSTEM RESET cursor_tuple_fraction");
        if (release(database) >= GRANTS_ALTER_SYSTEM) {
            database.executeAsSuperuser("REVOKE ALL ON PARAMETER cursor_tuple_fraction FROM " + database.role());
        }
    }

    private Environment changelog(TestDatabase database, List<Kind> kinds) throws Exception {
        ChangelogFolder changelog = new ChangelogFolder(Files.createDirectories(folder.resolve(database.name())));
        changelog.changeSet("setup", SETUP);
        for (int i = 0; i < kinds.size(); i++) {
            changelog.changeSet(
                    String.valueOf(i), "runInTransaction:false", kinds.get(i).sql() + ";");
        }
        return changelog.in(database.environment());
    }

    private static List<String> recorded(TestDatabase database) throws Exception {
        return database.rows("SELECT id FROM databasechangelog ORDER BY orderexecuted");
    }

    private static void check(TestDatabase database, Kind kind, int number) throws Exception {
        List<String> expected = new ArrayList<>(List.of("setup"));
        for (int i = 0; i <= number; i++) {
            expected.add(String.valueOf(i));
        }
        assertThat(recorded(database)).as(kind.sql()).isEqualTo(expected);
        assertThat(database.holds(kind.done())).as(kind.sql()).isTrue();
        assertThat(database.rows("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid"
                        // Only a superuser may drop what REINDEX left of a TOAST table.
                        + " AND indexrelid::regclass::text NOT LIKE 'pg_toast.%'"))
                .as(kind.sql())
                .isEmpty();
    }

    /** Kills a runner at this moment of its one change set; false if it had ended before. */
    private boolean kill(TestDatabase database, Environment environment, Kind kind, Moment moment, Random random)
            throws Exception {
        String hold = switch (moment.hold()) {
            case BEFORE -> kind.before();
            case HALFWAY -> kind.halfway();
            case ROW -> "LOCK TABLE databasechangelog IN SHARE MODE";
            case NONE -> "";
        };
        Path log = folder.resolve("killed.log");
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            if (!hold.isEmpty()) {
                statement.execute(hold);
            }
            Process process = Program.start(environment, log, List.of(), "--count", "1");
            if (hold.isEmpty()) {
                Program.awaitEvents(process, log, "changeset.started", 1);
                TimeUnit.MICROSECONDS.sleep(random.nextInt(40_000));
            } else {
                Await.until(() -> !process.isAlive() || waits(database), () -> read(log));
            }
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            if (moment.late() && release(database) >= NOTICES_DEAD_CLIENTS) {
                Await.until(() -> sessions(database, "true").isEmpty(), () -> read(log));
            }
            holder.rollback();
            return process.exitValue() != 0;
        }
    }

    private static boolean waits(TestDatabase database) throws Exception {
        return !sessions(database, "wait_event_type = 'Lock'").isEmpty();
    }

    private static List<String> sessions(TestDatabase database, String condition) throws Exception {
        return database.rows("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name = 'lockkeeper' AND " + condition);
    }

    private static int release(TestDatabase database) throws Exception {
        return Integer.parseInt(database.one("SELECT current_setting('server_version_num')::int / 10000"));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
