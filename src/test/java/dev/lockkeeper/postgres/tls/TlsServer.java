package dev.lockkeeper.postgres.tls;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;

/** A PostgreSQL whose certificate can be changed, or TLS turned off, while it runs. */
public final class TlsServer implements AutoCloseable {
    private static final Duration RELOAD_TIME = Duration.ofSeconds(60);

    private final EmbeddedPostgres postgres;
    private Map<String, String> current = Map.of();

    private TlsServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    public static TlsServer start() throws IOException {
        return new TlsServer(EmbeddedPostgres.builder().start());
    }

    public int port() {
        return postgres.getPort();
    }

    public void turnTlsOff() throws SQLException, InterruptedException {
        configure(Map.of("ssl", "off"));
    }

    public void present(Path certificate, Path key) throws SQLException, InterruptedException {
        configure(Map.of("ssl_cert_file", certificate.toString(), "ssl_key_file", key.toString(), "ssl", "on"));
    }

    public Connection connect(String host, Map<String, String> more) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("connectTimeout", "60");
        properties.putAll(more);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + host + ":" + postgres.getPort() + "/postgres", properties);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }

    private void configure(Map<String, String> settings) throws SQLException, InterruptedException {
        if (settings.equals(current)) {
            return;
        }
        try (Connection connection = plain();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                statement.execute("alter system set %s = '%s'".formatted(setting.getKey(), setting.getValue()));
            }
            statement.execute("select pg_reload_conf()");
        }
        awaitSettings(settings);
        current = settings;
    }

    /** A new session has the postmaster's settings: if all are the new ones, the reload is done. */
    private void awaitSettings(Map<String, String> settings) throws SQLException, InterruptedException {
        Instant deadline = Instant.now().plus(RELOAD_TIME);
        while (!holds(settings)) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("The server didn't take over " + settings);
            }
            Thread.sleep(20);
        }
    }

    private boolean holds(Map<String, String> settings) throws SQLException {
        try (Connection connection = plain();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                try (ResultSet rows = statement.executeQuery("show " + setting.getKey())) {
                    rows.next();
                    if (!rows.getString(1).equals(setting.getValue())) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    private Connection plain() throws SQLException {
        return connect("localhost", Map.of("sslmode", "disable"));
    }
}
