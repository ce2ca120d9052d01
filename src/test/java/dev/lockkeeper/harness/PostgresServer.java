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
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The server of the integration tests: embedded, or a container by {@code -Dpostgres.server=container}. */
public final class PostgresServer {
    private static final PostgresServer SHARED = start();

    private final String host;
    private final int port;
    private final String password;

    private PostgresServer(String host, int port, String password) {
        this.host = host;
        this.port = port;
        this.password = password;
    }

    /** One server for all tests of the process. */
    public static PostgresServer shared() {
        return SHARED;
    }

    private static PostgresServer start() {
        if (System.getProperty("postgres.server", "embedded").equals("container")) {
            return container();
        }
        try {
            EmbeddedPostgres embedded = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "100")
                    // PostgreSQL 13 would still store MD5 hashes.
                    .setServerConfig("password_encryption", "scram-sha-256")
                    .start();
            PostgresServer server = new PostgresServer("127.0.0.1", embedded.getPort(), "postgres");
            server.demandPasswords();
            return server;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The embedded server lets everybody in; a wrong password must fail here as it does elsewhere. */
    private void demandPasswords() throws SQLException, IOException {
        try (Connection connection = superuser("postgres");
                Statement statement = connection.createStatement()) {
            try (ResultSet file = statement.executeQuery("SHOW hba_file")) {
                file.next();
                Files.writeString(
                        Path.of(file.getString(1)),
                        "local all all trust\nhost all postgres all trust\nhost all all all scram-sha-256\n");
            }
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    @SuppressWarnings("resource") // lives as long as the process
    private static PostgresServer container() {
        PostgreSQLContainer server =
                new PostgreSQLContainer(DockerImageName.parse(System.getProperty("postgres.image", "postgres:17"))
                        .asCompatibleSubstituteFor("postgres"));
        server.withUsername("postgres").withPassword("postgres").start();
        return new PostgresServer(server.getHost(), server.getFirstMappedPort(), "postgres");
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /** Where the superuser finds a database, for psql. */
    String superuserUrl(String database) {
        return "postgresql://postgres:" + password + "@" + host + ":" + port + "/" + database;
    }

    /** A connection as the superuser, for what tests must arrange and no migration may need. */
    public Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + host + ":" + port + "/" + database, "postgres", password);
    }
}
