package dev.lockkeeper.postgres.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.lockkeeper.settings.connection.SslMode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsPropertiesTest {
    private static final String RDS = "db.abc.eu-central-1.rds.amazonaws.com";
    private static final String RDS_UNKNOWN = "db.abc.xx-nowhere-1.rds.amazonaws.com";
    private static final String FACTORY = TrustedSocketFactory.class.getName();
    private static final String VERIFIER = EndpointVerifier.class.getName();

    @Test
    void an_rds_host_is_verified_against_the_shipped_roots() {
        TlsProperties tls = TlsProperties.of(null, null, RDS, null);

        assertThat(tls.verifies()).isTrue();
        assertThat(tls.connection())
                .containsOnly(
                        entry("sslmode", "verify-full"),
                        entry("sslfactory", FACTORY),
                        entry("lockkeeper.tls.host", RDS));
    }

    @Test
    void an_rds_host_behind_a_tunnel_is_verified_by_its_real_name() {
        TlsProperties tls = TlsProperties.of(null, null, "127.0.0.1", RDS);

        assertThat(tls.connection())
                .containsOnly(
                        entry("sslmode", "verify-full"),
                        entry("sslfactory", FACTORY),
                        entry("sslhostnameverifier", VERIFIER),
                        entry("lockkeeper.tls.host", RDS));
    }

    @Test
    void a_trailing_dot_is_not_part_of_the_name_to_verify() {
        assertThat(TlsProperties.of(null, null, RDS + ".", null).connection())
                .contains(entry("sslhostnameverifier", VERIFIER), entry("lockkeeper.tls.host", RDS));
    }

    @Test
    void other_hosts_get_the_default_of_pgjdbc() {
        TlsProperties tls = TlsProperties.of(null, null, "db.example.org", null);

        assertThat(tls.verifies()).isFalse();
        assertThat(tls.connection()).containsOnly(entry("sslmode", "prefer"));
    }

    @Test
    void root_certificates_without_a_mode_mean_full_verification() {
        TlsProperties tls = TlsProperties.of(null, "/ca.pem", "db.example.org", null);

        assertThat(tls.verifies()).isTrue();
        assertThat(tls.connection()).containsOnly(entry("sslmode", "verify-full"), entry("sslrootcert", "/ca.pem"));
    }

    @Test
    void root_certificates_of_the_user_win_over_the_shipped_ones() {
        assertThat(TlsProperties.of(null, "/ca.pem", RDS, null).connection())
                .containsOnly(entry("sslmode", "verify-full"), entry("sslrootcert", "/ca.pem"));
    }

    @Test
    void root_certificates_and_an_endpoint_go_together() {
        assertThat(TlsProperties.of(null, "/ca.pem", "localhost", "db.example.org")
                        .connection())
                .containsOnly(
                        entry("sslmode", "verify-full"),
                        entry("sslrootcert", "/ca.pem"),
                        entry("sslhostnameverifier", VERIFIER),
                        entry("lockkeeper.tls.host", "db.example.org"));
    }

    @ParameterizedTest
    @EnumSource
    void a_given_mode_always_wins(SslMode mode) {
        for (String host : new String[] {RDS, "db.example.org"}) {
            for (String roots : new String[] {null, "/ca.pem"}) {
                TlsProperties tls = TlsProperties.of(mode, roots, host, null);

                assertThat(tls.mode()).isEqualTo(mode);
                assertThat(tls.connection()).containsEntry("sslmode", mode.text());
                assertThat(tls.verifies()).isEqualTo(mode == SslMode.VERIFY_FULL);
            }
        }
    }

    @Test
    void require_on_an_rds_host_encrypts_without_verifying() {
        assertThat(TlsProperties.of(SslMode.REQUIRE, null, RDS, null).connection())
                .isEqualTo(Map.of("sslmode", "require"));
    }

    @Test
    void require_with_root_certificates_stays_as_given() {
        assertThat(TlsProperties.of(SslMode.REQUIRE, "/ca.pem", RDS, null).connection())
                .isEqualTo(Map.of("sslmode", "require", "sslrootcert", "/ca.pem"));
    }

    @Test
    void verify_ca_on_an_rds_host_takes_the_shipped_roots_and_no_name() {
        assertThat(TlsProperties.of(SslMode.VERIFY_CA, null, "127.0.0.1", RDS).connection())
                .containsOnly(
                        entry("sslmode", "verify-ca"), entry("sslfactory", FACTORY), entry("lockkeeper.tls.host", RDS));
    }

    @Test
    void an_rds_host_of_an_unknown_region_is_an_error_only_if_its_roots_are_needed() {
        assertThatThrownBy(() -> TlsProperties.of(null, null, RDS_UNKNOWN, null))
                .isInstanceOf(MissingRootsException.class)
                .hasMessageContaining("xx-nowhere-1");
        assertThat(TlsProperties.of(null, "/ca.pem", RDS_UNKNOWN, null).verifies())
                .isTrue();
        assertThat(TlsProperties.of(SslMode.REQUIRE, null, RDS_UNKNOWN, null).verifies())
                .isFalse();
    }
}
