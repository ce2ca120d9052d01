package dev.lockkeeper.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL of one test's own, which may be killed and started again. */
public final class OwnServer implements AutoCloseable {
    private final Path data;
    private final int port;
    private EmbeddedPostgres running;

    public OwnServer(Path folder) {
        this.data = folder.resolve("data");
        this.running = start(0);
        this.port = running.getPort();
        execute("CREATE ROLE owner LOGIN PASSWORD '" + TestDatabase.PASSWORD.replace("'", "''") + "'");
        execute("CREATE DATABASE app OWNER owner");
    }

    private EmbeddedPostgres start(int onPort) {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data.toFile())
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("password_encryption", "scram-sha-256");
            return (onPort == 0 ? builder : builder.setPort(onPort)).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the server the way a crash does, by {@code pg_ctl stop -m immediate}'s signal, and waits for its end. */
    public void crash() throws Exception {
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        new ProcessBuilder("kill", "-QUIT", String.valueOf(postmaster)).start().waitFor();
        ProcessHandle handle = ProcessHandle.of(postmaster).orElse(null);
        while (handle != null && handle.isAlive()) {
            Thread.sleep(20);
        }
        Files.deleteIfExists(data.resolve("postmaster.pid"));
        Files.deleteIfExists(data.resolve("epg-lock"));
    }

    public void startAgain() {
        running = start(port);
    }

    public Environment environment() {
        return Environment.of()
                .with("DATABASE_HOST", "127.0.0.1")
                .with("DATABASE_PORT", String.valueOf(port))
                .with("DATABASE_NAME", "app")
                .with("DATABASE_USERNAME", "owner")
                .with("DATABASE_PASSWORD", TestDatabase.PASSWORD);
    }

    public int port() {
        return port;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/app", "postgres", "postgres");
    }

    public List<String> rows(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    /** Waits until a session executes a statement that contains the text. */
    public void awaitStatement(String part) throws Exception {
        Await.until(
                () -> !rows("SELECT 1 FROM pg_stat_activity WHERE state = 'active'"
                                + " AND pid <> pg_backend_pid() AND position('" + part + "' IN query) > 0")
                        .isEmpty(),
                () -> "no session executes " + part);
    }

    private void execute(String sql) {
        try (Connection connection = running.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
