package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.harness.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runners that are killed or stopped, and the run after them. */
class KillIT {
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 5);
    private static final long SEED = Long.getLong("kill.seed", System.nanoTime());
    private static final int CHANGE_SETS = 200;

    /** What a process's exit value is after SIGKILL. */
    private static final int KILLED = 128 + 9;

    @TempDir
    private Path folder;

    @Test
    void after_a_kill_at_any_moment_the_next_run_succeeds_and_everything_happened_once() throws Exception {
        ChangelogFolder changelog = new ChangelogFolder(folder);
        for (int i = 1; i <= CHANGE_SETS; i++) {
            changelog.changeSet(String.valueOf(i), "CREATE TABLE t" + i + " (x int);");
        }
        Random random = new Random(SEED);
        System.out.println("kill.seed " + SEED + ", rounds " + ROUNDS);
        for (int round = 1; round <= ROUNDS; round++) {
            try (TestDatabase database = TestDatabase.create()) {
                Environment environment = changelog.in(database.environment());
                killAtRandom(environment, random);
                String left = database.one("SELECT count(*) FROM pg_tables WHERE tablename ~ '^t[0-9]'");
                Finished next = Program.run(environment).exits(0);
                assertThat(next.result().get("lockWaitMs").getAsLong()).isLessThan(5_000);
                assertThat(database.one("SELECT count(*) FROM pg_tables WHERE tablename ~ '^t[0-9]'"))
                        .isEqualTo(String.valueOf(CHANGE_SETS));
                assertThat(database.one("SELECT count(*) || '/' || count(DISTINCT id) FROM databasechangelog"))
                        .isEqualTo(CHANGE_SETS + "/" + CHANGE_SETS);
                System.out.println("round " + round + ": killed after " + left + " tables; next run waited "
                        + next.result().get("lockWaitMs") + " ms for the lock");
            }
        }
    }

    /** Kills at a random moment after a random one of the change sets. */
    private void killAtRandom(Environment environment, Random random) throws Exception {
        Path log = folder.resolve("killed.log");
        Process process = Program.start(environment, log, List.of());
        Program.awaitEvents(process, log, "changeset.applied", random.nextInt(CHANGE_SETS * 3 / 4));
        TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("killed while it worked").isEqualTo(KILLED);
    }

    @Test
    void a_signal_to_stop_rolls_back_within_seconds_and_exits_143() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            ChangelogFolder changelog = new ChangelogFolder(folder).changeSet("0", "SELECT 1;");
            Program.run(changelog.in(database.environment())).exits(0);
            changelog.changeSet("1", "CREATE TABLE a (x int); SELECT pg_sleep(120);");
            Path log = folder.resolve("stopped.log");
            Process process = Program.start(changelog.in(database.environment()), log, List.of());
            database.awaitStatement("pg_sleep(");
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
            Finished stopped = new Finished(process.exitValue(), Files.readString(log))
                    .exits(143)
                    .untouched();
            stopped.says("signal", "root.sql::1::team", "rolled back");
            assertThat(database.holds("SELECT to_regclass('a') IS NULL")).isTrue();
            assertThat(database.rows(
                            "SELECT pid FROM pg_stat_activity WHERE application_name = 'lockkeeper' AND datname = '"
                                    + database.name() + "'"))
                    .isEmpty();
        }
    }
}
