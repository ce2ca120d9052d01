package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.Await;
import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.PostgresServer;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.harness.TestDatabase;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real pgbouncer between us and the server; needs pgbouncer on the PATH. */
@Tag("pooler")
class PoolerIT {
    @TempDir
    private Path folder;

    @Test
    void a_transaction_pooler_is_refused_with_the_reason_and_a_session_pooler_is_fine() throws Exception {
        ChangelogFolder changelog = new ChangelogFolder(folder).changeSet("1", "CREATE TABLE a (x int);");
        try (TestDatabase database = TestDatabase.create()) {
            List<String> before = database.fingerprint();
            migrateThrough("transaction", database, changelog, 4);
            assertThat(database.fingerprint()).isEqualTo(before);
            migrateThrough("session", database, changelog, 0);
        }
    }

    private void migrateThrough(String mode, TestDatabase database, ChangelogFolder changelog, int code)
            throws Exception {
        int port = freePort();
        Process pooler = pgbouncer(mode, database, port);
        try {
            awaitPort(port);
            Environment environment = changelog
                    .in(database.environment())
                    .with("DATABASE_HOST", "127.0.0.1")
                    .with("DATABASE_PORT", String.valueOf(port));
            var finished = Program.run(environment).exits(code);
            if (code != 0) {
                finished.untouched().says("transaction mode", "session mode");
            }
        } finally {
            pooler.destroyForcibly().waitFor();
        }
    }

    private Process pgbouncer(String mode, TestDatabase database, int port) throws Exception {
        Path home = Files.createDirectory(
                folder.resolve(mode),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path users = home.resolve("users.txt");
        Files.writeString(
                users, "\"" + database.role() + "\" \"" + TestDatabase.PASSWORD.replace("\"", "\"\"") + "\"\n");
        Path configuration = home.resolve("pgbouncer.ini");
        Files.writeString(configuration, """
                [databases]
                * = host=%s port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = plain
                auth_file = %s
                pool_mode = %s
                """.formatted(
                        PostgresServer.shared().host(), PostgresServer.shared().port(), port, users, mode));
        List<String> command = new ArrayList<>(List.of("pgbouncer"));
        if (System.getProperty("user.name").equals("root")) {
            // It refuses to run as root.
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(configuration.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port) throws Exception {
        Await.until(() -> accepts(port), () -> "pgbouncer didn't start");
    }

    private static boolean accepts(int port) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (java.net.ConnectException e) {
            return false;
        }
    }
}
