package dev.lockkeeper.settings.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "postgresql://u:p@h:6543/d h 6543 d u p",
                "postgres://u:p@h:6543/d h 6543 d u p",
                "postgresql+psycopg2://u:p@h:6543/d h 6543 d u p",
                "jdbc:postgresql://h:6543/d?user=u&password=p h 6543 d u p",
                "jdbc:postgresql://u:p@h:6543/d h 6543 d u p",
                "postgresql://u:p%40%2F%3A@h:6543/d h 6543 d u p@/:",
                "postgresql://u:p@/:?%x@h:6543/d h 6543 d u p@/:?%x",
                "postgresql://u:a+b@h:6543/d h 6543 d u a+b",
                "postgresql://u:p@[::1]:6543/d ::1 6543 d u p",
                "postgresql://u:p@H.Example:6543/D?sslmode=require h.example 6543 D u p",
                "postgresql://u:a:b@h:6543/d?options=x@y h 6543 d u a:b",
            })
    void every_form_is_taken_apart(String url, String host, int port, String database, String user, String password) {
        ConnectionParts parts = DatabaseUrl.parse(url).parts();
        assertThat(parts.host()).isEqualTo(host);
        assertThat(parts.port()).isEqualTo(port);
        assertThat(parts.database()).isEqualTo(database);
        assertThat(parts.username()).isEqualTo(user);
        assertThat(parts.password()).isEqualTo(Secret.of(password));
    }

    @Test
    void known_parameters_count_and_others_are_named() {
        ConnectionText url =
                DatabaseUrl.parse("postgresql://u:p@h/d?sslmode=verify-ca&sslrootcert=/ca.pem&currentSchema=s&x=1");
        assertThat(url.parts().sslMode()).isEqualTo(SslMode.VERIFY_CA);
        assertThat(url.parts().sslRootCert()).isEqualTo("/ca.pem");
        assertThat(url.parts().searchPath().head()).isEqualTo("s");
        assertThat(url.parts().port()).isNull();
        assertThat(url.warnings()).containsExactly("query parameter x isn't known and is ignored");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:topsecret@h/d",
                "topsecret",
                "postgresql://u:topsecret@h:99999/d",
                "postgresql://u:topsecret@h:x/d"
            })
    void what_cannot_be_read_is_refused_without_quoting_it(String url) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("topsecret");
    }

    @Test
    void a_secret_is_never_printed() {
        assertThat(DatabaseUrl.parse("postgresql://u:topsecret@h/d").toString()).doesNotContain("topsecret");
        assertThat(Secret.of("topsecret")).hasToString("***");
    }
}
