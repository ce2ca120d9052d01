package dev.lockkeeper.postgres.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class RdsRootsTest {
    @Test
    void a_database_gets_the_roots_of_its_region_alone() {
        assertThat(commonNames("db.abc.eu-central-1.rds.amazonaws.com"))
                .containsExactlyInAnyOrder(
                        "Amazon RDS eu-central-1 Root CA ECC384 G1",
                        "Amazon RDS eu-central-1 Root CA RSA2048 G1",
                        "Amazon RDS eu-central-1 Root CA RSA4096 G1");
    }

    @Test
    void a_proxy_gets_the_public_roots_alone() {
        assertThat(commonNames("x.proxy-abc.eu-central-1.rds.amazonaws.com"))
                .containsExactlyInAnyOrder(
                        "Amazon Root CA 1",
                        "Amazon Root CA 2",
                        "Amazon Root CA 3",
                        "Amazon Root CA 4",
                        "Starfield Services Root Certificate Authority - G2");
    }

    @Test
    void an_unknown_region_is_named_together_with_the_fix() {
        RdsHost host = new RdsHost("xx-nowhere-1", false);

        assertThat(RdsRoots.areShippedFor(host)).isFalse();
        assertThatThrownBy(() -> RdsRoots.of(host))
                .isInstanceOfSatisfying(
                        MissingRootsException.class, e -> assertThat(e.region()).isEqualTo("xx-nowhere-1"))
                .hasMessageContainingAll("'xx-nowhere-1'", "DATABASE_SSLROOTCERT");
    }

    private static List<String> commonNames(String host) {
        return RdsRoots.of(RdsHost.parse(host).orElseThrow()).stream()
                .map(RdsRootsTest::commonName)
                .toList();
    }

    private static String commonName(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName().replaceFirst(".*CN=([^,]+).*", "$1");
    }
}
