package dev.lockkeeper.settings.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.settings.connection.UrlParameters.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGProperty;

class UrlQueryTest {
    private static ConnectionText url(String query) {
        return ConnectionText.parse("postgresql://u:topsecret@h/d?" + query);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "currentSchema=a [a]",
                "CURRENTSCHEMA=a,b [a,b]",
                "currentSchema=a,+b [a,b]",
                "currentSchema=A%2C%20%22B%22%22c%22%2C%20d [a,B\"c,d]",
                "search_path=%22$user%22,public [$user,public]",
                "search_path=$user [$user]",
                "search_path=Äb [Äb]",
                "schema_search_path=a,b [a,b]",
                "schema=A,b [A,b]",
                "options=-c%20search_path%3Da [a]",
                "options=-c+search_path=a [a]",
                "options=-csearch_path=a,b [a,b]",
                "options=--search_path=a [a]",
                "options=--search-path=a [a]",
                "options=-c%20search_path=a,%5C%20b [a,b]",
                "options=-c%20geqo%3Doff%20%20-c%20SEARCH_PATH=%22A%22 [A]",
                "options%5Bsearch_path%5D=a [a]",
                "options[search_path]=a,b [a,b]",
                "search_path=a&currentSchema=A&schema=a&options=-csearch_path=a [a]"
            })
    void every_way_to_name_the_search_path_is_read(String query, String schemas) {
        assertThat(String.join(",", url(query).parts().searchPath().schemas()))
                .isEqualTo(schemas.substring(1, schemas.length() - 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "role=Owner Owner",
                "options=-crole=Owner Owner",
                "options[role]=Owner Owner",
                "options=--role=a+b a",
                "role=none "
            })
    void every_way_to_name_the_role_is_read(String query, String role) {
        assertThat(url(query).parts().role()).isEqualTo(role);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "ssl=true VERIFY_FULL", "ssl=1 VERIFY_FULL", "ssl=require REQUIRE", "ssl=no-verify REQUIRE",
                "sslmode=no-verify REQUIRE", "sslmode=verify-ca&ssl=true VERIFY_CA", "ssl=false ", "ssl=0 "
            })
    void every_way_to_ask_for_tls_is_read(String query, SslMode mode) {
        assertThat(url(query).parts().sslMode()).isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default_tablespace=fast|ALTER ROLE … SET default_tablespace",
                "options=-cdefault_tablespace=fast|ALTER ROLE … SET default_tablespace",
                "options=-c%20session_authorization%3Dtopsecret|LOCKKEEPER_ROLE",
                "options[default_table_access_method]=x|ALTER ROLE",
                "hostaddr=10.0.0.1|DATABASE_HOST",
                "service=prod|DATABASE_HOST",
                "readOnly=true|status and validate",
                "options=-cdefault_transaction_read_only=on|status and validate",
                "search_path=a&schema=b|two different search paths",
                "currentSchema=a&options=-csearch_path=a,b|two different search paths",
                "role=a&options=-crole=b|two different roles",
                "search_path=a,,b|isn't a list of schemas",
                "search_path=%22a|isn't a list of schemas",
                "search_path=%22%22|isn't a list of schemas",
                "search_path=a+b|isn't a list of schemas",
                "dbname=other|two different databases",
                "port=1&PGPORT=1|PGPORT",
                "user=other|two different users",
                "host=other|two different hosts"
            })
    void what_would_lead_elsewhere_is_refused_with_what_to_do(String query, String words) {
        assertThatThrownBy(() -> ConnectionText.parse("postgresql://u:topsecret@h:5/d?" + query))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("topsecret")
                .satisfies(e -> assertThat(e.getMessage()).containsAnyOf(words, "two different ports"));
    }

    @Test
    void every_property_of_the_driver_has_a_verdict() {
        List<String> unknown = Arrays.stream(PGProperty.values())
                .map(PGProperty::getName)
                .filter(name -> UrlParameters.verdict(name).isEmpty())
                .toList();
        assertThat(unknown).isEmpty();
    }

    @Test
    void no_name_has_two_verdicts() {
        List<String> all = Arrays.stream(Verdict.values())
                .flatMap(verdict -> UrlParameters.with(verdict).stream())
                .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                .toList();
        assertThat(all)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(UrlParameters.verdict(name)).isPresent());
    }
}
