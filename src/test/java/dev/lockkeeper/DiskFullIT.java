package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.OwnServer;
import dev.lockkeeper.harness.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's disk is full in mid-change: a small file system of its own, which needs the right to mount one. */
@Tag("disk")
class DiskFullIT {
    @TempDir
    private Path folder;

    @Test
    void the_change_set_is_rolled_back_and_runs_when_there_is_room() throws Exception {
        Path small = Files.createDirectories(folder.resolve("small"));
        command("mount", "-t", "tmpfs", "-o", "size=16m,mode=0777", "none", small.toString());
        try (OwnServer server = new OwnServer(folder)) {
            Path place = Files.createDirectories(small.resolve("tablespace"));
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLESPACE small LOCATION '" + place + "'");
                statement.execute("GRANT CREATE ON TABLESPACE small TO owner");
            }
            Environment environment = new ChangelogFolder(folder.resolve("changelog"))
                    .changeSet("1", "CREATE TABLE a (x int);")
                    .changeSet(
                            "2",
                            "CREATE TABLE big (x text) TABLESPACE small;\n"
                                    + "INSERT INTO big SELECT repeat('x', 1000) FROM generate_series(1, 30000);")
                    .in(server.environment());
            Program.run(environment).exits(1).says("root.sql::2::team", "53100", "rolled back", "storage");
            assertThat(server.rows("SELECT id FROM databasechangelog")).containsExactly("1");
            command("mount", "-o", "remount,size=200m", small.toString());
            Program.run(environment).exits(0);
        } finally {
            command("umount", "--lazy", small.toString());
        }
    }

    /** Runs it as root, or by sudo without a password. */
    private static void command(String... words) throws Exception {
        List<String> all =
                new ArrayList<>(System.getProperty("user.name").equals("root") ? List.of() : List.of("sudo", "-n"));
        all.addAll(List.of(words));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor())
                .as(String.join(" ", words) + ": " + output)
                .isZero();
    }
}
