package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.fixture.SchemaDump;
import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.FaultyProxy;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.OwnServer;
import dev.lockkeeper.harness.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random faults at random moments; after each, one plain run must bring schema and history to where an undisturbed run
 * brings them. Rounds and seed are settings: {@code -Dchaos.rounds=200 -Dchaos.seed=1}.
 */
class ChaosIT {
    private static final int ROUNDS = Integer.getInteger("chaos.rounds", 5);
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    private static final int CHANGE_SETS = 100;
    private static final int BATCH_ROWS = 3_000;

    @TempDir
    private Path folder;

    /** A fault that happens to a run. */
    private enum Fault {
        KILL_PROCESS,
        SIGTERM,
        TERMINATE_RUNNER,
        TERMINATE_ALL,
        CRASH_SERVER,
        CUT_NETWORK,
        STALL_NETWORK
    }

    @Test
    void after_any_fault_one_plain_run_makes_everything_right() throws Exception {
        ChangelogFolder changelog = changelog();
        Random random = new Random(SEED);
        Fault[] faults = Fault.values();
        System.out.println("chaos.seed " + SEED + ", rounds " + ROUNDS);
        Map<Fault, Integer> seen = new EnumMap<>(Fault.class);
        try (OwnServer server = new OwnServer(folder)) {
            recreate(server, "reference");
            Program.run(changelog.in(in(server.environment(), "reference"))).exits(0);
            String reference = dump(server, "reference");
            for (int round = 0; round < ROUNDS; round++) {
                recreate(server, "chaos");
                Fault fault = faults[(round + Math.floorMod(SEED, faults.length)) % faults.length];
                String told = disturb(server, changelog, fault, random);
                Finished next = Program.run(in(changelog.in(server.environment()), "chaos"));
                next.exits(0);
                assertThat(next.text("stateAfter")).isEqualTo("up-to-date");
                assertThat(dump(server, "chaos"))
                        .as("round " + round + " " + fault)
                        .isEqualTo(reference);
                seen.merge(fault, 1, Integer::sum);
                System.out.println("round " + (round + 1) + ": " + fault + ", " + told + "; then "
                        + next.result().get("appliedCount") + " applied");
            }
        }
        System.out.println("chaos: " + ROUNDS + " rounds, " + seen);
    }

    private ChangelogFolder changelog() {
        ChangelogFolder changelog = new ChangelogFolder(folder.resolve("changelog"));
        changelog.changeSet("base", """
                CREATE TABLE base (x int PRIMARY KEY, y int, z int);
                INSERT INTO base (x) SELECT generate_series(1, %d);""".formatted(BATCH_ROWS));
        for (int i = 1; i < CHANGE_SETS; i++) {
            switch (i % 5) {
                case 1 -> changelog.changeSet("i" + i, "runInTransaction:false", """
                        CREATE INDEX CONCURRENTLY base_i%1$d ON base (x, (y + %1$d));""".formatted(i));
                case 2 -> changelog.changeSet("b" + i, "runInTransaction:false", """
                        --comment: lockkeeper: batched, pause=1ms
                        UPDATE base SET y = %1$d
                        WHERE x IN (SELECT x FROM base WHERE y IS DISTINCT FROM %1$d ORDER BY x LIMIT 500);""".formatted(i));
                case 3 -> changelog.changeSet("t" + i, """
                        CREATE TABLE t%1$d (x int REFERENCES base);
                        INSERT INTO t%1$d VALUES (%1$d);
                        UPDATE base SET z = coalesce(z, 0) + 1 WHERE x = %1$d;""".formatted(i));
                default -> changelog.changeSet("c" + i, """
                        ALTER TABLE base ADD COLUMN c%1$d int DEFAULT %1$d;""".formatted(i));
            }
        }
        return changelog;
    }

    private String disturb(OwnServer server, ChangelogFolder changelog, Fault fault, Random random) throws Exception {
        try (FaultyProxy proxy = new FaultyProxy("127.0.0.1", server.port())) {
            Environment environment =
                    in(proxy.in(changelog.in(server.environment())), "chaos").with("LOCKKEEPER_CONNECT_WAIT", "60s");
            Path log = folder.resolve("chaos.log");
            Process process = Program.start(environment, log, List.of());
            int after = random.nextInt(CHANGE_SETS * 9 / 10);
            Program.awaitEvents(process, log, "changeset.applied", after);
            TimeUnit.MICROSECONDS.sleep(random.nextInt(15_000));
            strike(server, proxy, process, fault);
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("hangs after " + fault + ":\n" + Files.readString(log));
            }
            assertThat(process.exitValue())
                    .as(fault + ":\n" + Files.readString(log))
                    .isIn(fault == Fault.KILL_PROCESS ? List.of(137) : List.of(0, 11, 143));
            return "after " + after + " change sets, exit " + process.exitValue();
        }
    }

    private static void strike(OwnServer server, FaultyProxy proxy, Process process, Fault fault) throws Exception {
        switch (fault) {
            case KILL_PROCESS -> process.destroyForcibly();
            case SIGTERM -> process.destroy();
            case TERMINATE_RUNNER ->
                server.rows("SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity"
                        + " WHERE application_name = 'lockkeeper'");
            case TERMINATE_ALL ->
                server.rows("SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity"
                        + " WHERE application_name LIKE 'lockkeeper%'");
            case CRASH_SERVER -> {
                server.crash();
                TimeUnit.MILLISECONDS.sleep(300);
                server.startAgain();
            }
            case CUT_NETWORK -> proxy.cut();
            case STALL_NETWORK -> {
                // The router forgets both connections; the server learns of it by its own end of the session.
                proxy.stall();
                TimeUnit.MILLISECONDS.sleep(200);
                proxy.passNewOnes();
                server.rows("SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity"
                        + " WHERE application_name LIKE 'lockkeeper%'");
            }
        }
    }

    private static Environment in(Environment environment, String database) {
        return environment.with("DATABASE_NAME", database);
    }

    private static void recreate(OwnServer server, String database) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
            statement.execute("CREATE DATABASE " + database + " OWNER owner");
        }
    }

    /** Schema, the ids that are recorded, and what the change sets did to the rows. */
    private static String dump(OwnServer server, String database) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            StringBuilder dump = new StringBuilder(SchemaDump.of(connection, "public"));
            for (String sql : List.of(
                    "SELECT id || ' ' || exectype || ' ' || md5sum FROM databasechangelog ORDER BY id",
                    "SELECT count(*) || ' ' || sum(y) || ' ' || sum(z) FROM base",
                    "SELECT 'invalid ' || indexrelid::regclass FROM pg_index WHERE NOT indisvalid")) {
                try (var rows = statement.executeQuery(sql)) {
                    while (rows.next()) {
                        dump.append('\n').append(rows.getString(1));
                    }
                }
            }
            return dump.toString();
        }
    }
}
