package dev.lockkeeper.postgres.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.settings.connection.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLHandshakeException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ssl.WrappedFactory;

/** How our connection properties work with a real server that has a right, a wrong or no certificate. */
@Tag("anywhere")
class TlsIT {
    private static final String RDS = "db.abc.eu-central-1.rds.amazonaws.com";
    private static final String CONNECTION_REJECTED = "08004";
    private static final String CONNECTION_FAILURE = "08006";

    @TempDir
    static Path folder;

    private static TestCertificates certificates;
    private static TlsServer server;

    @BeforeAll
    static void start() throws Exception {
        certificates = TestCertificates.create(folder);
        server = TlsServer.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void the_right_root_and_name_make_a_verified_connection() throws Exception {
        presentLocalhost();

        assertThat(protocol(verified(certificates.trustedRoot(), null))).isEqualTo("TLSv1.3");
    }

    @Test
    void a_certificate_of_another_authority_is_refused() throws Exception {
        presentLocalhost();

        assertChainRefused(verified(certificates.foreignRoot(), null));
    }

    @Test
    void a_certificate_for_another_name_is_refused() throws Exception {
        presentElsewhere();

        assertRefused(CONNECTION_FAILURE, verified(certificates.trustedRoot(), null))
                .hasNoCause()
                .hasMessageContaining("localhost");
    }

    @Test
    void a_certificate_for_the_endpoint_is_accepted_through_a_tunnel() throws Exception {
        presentElsewhere();

        assertThat(protocol(verified(certificates.trustedRoot(), "other.example")))
                .isEqualTo("TLSv1.3");
        assertThat(protocol(verified(certificates.trustedRoot(), "OTHER.example.")))
                .isEqualTo("TLSv1.3");
    }

    @Test
    void a_certificate_for_the_near_end_of_the_tunnel_is_refused() throws Exception {
        presentLocalhost();

        assertRefused(CONNECTION_FAILURE, verified(certificates.trustedRoot(), "other.example"))
                .hasNoCause()
                .hasMessageContaining(EndpointVerifier.class.getName());
    }

    @Test
    void a_certificate_of_another_authority_is_refused_through_a_tunnel_too() throws Exception {
        presentElsewhere();

        assertChainRefused(verified(certificates.foreignRoot(), "other.example"));
    }

    @Test
    void verify_ca_leaves_the_name_alone() throws Exception {
        presentElsewhere();
        String root = certificates.trustedRoot().toString();

        TlsProperties tls = TlsProperties.of(SslMode.VERIFY_CA, root, "localhost", null);

        assertThat(protocol(tls.connection())).isEqualTo("TLSv1.3");
    }

    @Test
    void tls_that_the_server_does_not_offer_is_refused() throws Exception {
        server.turnTlsOff();

        assertRefused(CONNECTION_REJECTED, verified(certificates.trustedRoot(), null))
                .hasNoCause();
    }

    @Test
    void an_rds_name_does_not_let_a_server_in_that_amazon_did_not_certify() throws Exception {
        presentLocalhost();

        assertChainRefused(TlsProperties.of(null, null, "localhost", RDS).connection());
        assertChainRefused(
                TlsProperties.of(SslMode.VERIFY_CA, null, "localhost", RDS).connection());
    }

    @Test
    void the_factory_accepts_a_server_that_its_roots_certify() throws Exception {
        presentElsewhere();

        assertThat(protocol(with(TrustingTheRightRoot.class, "other.example"))).isEqualTo("TLSv1.3");
    }

    @Test
    void the_factory_refuses_a_server_that_its_roots_do_not_certify() throws Exception {
        presentElsewhere();

        assertChainRefused(with(TrustingAForeignRoot.class, "other.example"));
    }

    @Test
    void the_factory_without_any_roots_refuses_every_server() throws Exception {
        presentElsewhere();

        assertRefused(CONNECTION_FAILURE, with(TrustingNothing.class, "other.example"))
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void each_refusal_is_reported_in_a_sentence_with_its_fix() throws Exception {
        Path home = Files.createDirectories(folder.resolve("changelog"));
        Environment environment = new ChangelogFolder(home)
                .changeSet("1", "SELECT 1;")
                .in(Environment.of()
                        .with("DATABASE_URL", "postgresql://postgres:s3cr:t@localhost:" + server.port() + "/postgres")
                        .with("DATABASE_SSLMODE", "verify-full"));
        Environment right = environment.with(
                "DATABASE_SSLROOTCERT", certificates.trustedRoot().toString());
        Environment wrong = environment.with(
                "DATABASE_SSLROOTCERT", certificates.foreignRoot().toString());
        presentLocalhost();
        Program.run(right, "status").exits(0);
        Program.run(wrong, "status").exits(4).untouched().says("No TLS", "unable to find", "DATABASE_SSLROOTCERT");
        Program.run(right.with("DATABASE_SSLROOTCERT", "/no/such/roots.pem"), "status")
                .exits(2)
                .untouched()
                .says("/no/such/roots.pem", "DATABASE_SSLROOTCERT");
        presentElsewhere();
        Program.run(right, "status").exits(4).untouched().says("No TLS", "localhost", "DATABASE_ENDPOINT");
        Program.run(right.with("DATABASE_ENDPOINT", "other.example"), "status").exits(0);
        server.turnTlsOff();
        Program.run(right, "status").exits(4).untouched().says("No TLS", "DATABASE_SSLMODE");
    }

    /** The factory as pgjdbc uses it, but for the roots. */
    public static final class TrustingTheRightRoot extends WrappedFactory {
        public TrustingTheRightRoot(Properties ignored) throws IOException, GeneralSecurityException {
            factory = new TrustedSocketFactory(certificates.roots("trusted"));
        }
    }

    public static final class TrustingAForeignRoot extends WrappedFactory {
        public TrustingAForeignRoot(Properties ignored) throws IOException, GeneralSecurityException {
            factory = new TrustedSocketFactory(certificates.roots("foreign"));
        }
    }

    public static final class TrustingNothing extends WrappedFactory {
        public TrustingNothing(Properties ignored) throws IOException, GeneralSecurityException {
            factory = new TrustedSocketFactory(List.<X509Certificate>of());
        }
    }

    private static void presentLocalhost() throws SQLException, InterruptedException {
        server.present(certificates.forLocalhost(), certificates.key());
    }

    private static void presentElsewhere() throws SQLException, InterruptedException {
        server.present(certificates.forElsewhere(), certificates.key());
    }

    private static Map<String, String> verified(Path root, @Nullable String endpoint) {
        return TlsProperties.of(null, root.toString(), "localhost", endpoint).connection();
    }

    /** What an RDS host gets by default, with another name and other roots than Amazon's. */
    private static Map<String, String> with(Class<?> factory, String serverName) {
        Map<String, String> connection =
                new HashMap<>(TlsProperties.of(null, null, "localhost", RDS).connection());
        connection.put("sslfactory", factory.getName());
        connection.put(TlsProperties.SERVER_NAME, serverName);
        return connection;
    }

    private static String protocol(Map<String, String> properties) throws SQLException {
        try (Connection connection = server.connect("localhost", properties);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select version from pg_stat_ssl where pid = pg_backend_pid()")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(String sqlState, Map<String, String> properties) {
        Throwable refusal =
                catchThrowable(() -> server.connect("localhost", properties).close());
        return assertThat(refusal)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState())
                                .as("the state of %s", e)
                                .isEqualTo(sqlState));
    }

    private static void assertChainRefused(Map<String, String> properties) {
        assertRefused(CONNECTION_FAILURE, properties)
                .hasCauseInstanceOf(SSLHandshakeException.class)
                .hasRootCauseInstanceOf(CertPathBuilderException.class);
    }
}
