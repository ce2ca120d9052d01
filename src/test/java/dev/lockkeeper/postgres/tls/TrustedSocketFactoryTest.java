package dev.lockkeeper.postgres.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class TrustedSocketFactoryTest {
    @Test
    void nothing_older_than_tls_1_2_is_offered() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        TrustedSocketFactory factory = new TrustedSocketFactory(named("db.abc.eu-central-1.rds.amazonaws.com"));
        try (ServerSocket server = new ServerSocket(0, 1, loopback);
                Socket plain = new Socket(loopback, server.getLocalPort());
                SSLSocket socket = (SSLSocket) factory.createSocket(plain, "localhost", server.getLocalPort(), true)) {
            assertThat(socket.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
        }
    }

    @Test
    void without_a_host_there_is_no_trust() {
        assertThatThrownBy(() -> new TrustedSocketFactory(new Properties()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lockkeeper.tls.host");
    }

    @Test
    void a_host_outside_of_rds_is_not_trusted() {
        assertThatThrownBy(() -> new TrustedSocketFactory(named("db.example.org")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("db.example.org");
    }

    @Test
    void a_region_without_shipped_roots_is_not_trusted() {
        assertThatThrownBy(() -> new TrustedSocketFactory(named("db.abc.xx-nowhere-1.rds.amazonaws.com")))
                .isInstanceOf(MissingRootsException.class);
    }

    @Test
    void a_verifier_without_a_name_to_verify_is_refused() {
        assertThatThrownBy(() -> new EndpointVerifier(named(" "))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Properties named(String host) {
        Properties properties = new Properties();
        properties.setProperty(TlsProperties.SERVER_NAME, host);
        return properties;
    }
}
