package dev.lockkeeper.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFormsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE ROLE r LOGIN PASSWORD 'geheim'",
                "ALTER USER r WITH ENCRYPTED PASSWORD 'geheim' VALID UNTIL 'infinity'",
                "create role r password'geheim'",
                "ALTER ROLE r PASSWORD E'ge\\'heim geheim'",
                "ALTER ROLE r PASSWORD U&'geheim'",
                "ALTER ROLE r\nPASSWORD\n  'it''s geheim'",
                "ALTER ROLE r PASSWORD $$geheim$$;",
                "ALTER ROLE r PASSWORD $x$geheim$x$;",
                "ALTER ROLE r PASSWORD 'geheim",
                "ALTER ROLE r PASSWORD '''geheim'",
                "EXECUTE 'CREATE ROLE r PASSWORD ''geheim'''",
                "EXECUTE 'CREATE ROLE r PASSWORD ' || quote_literal('geheim')",
                "EXECUTE format('CREATE ROLE r LOGIN PASSWORD %L', 'geheim'); SELECT 1",
                "Where: SQL statement \"CREATE ROLE r LOGIN PASSWORD 'geheim'\"\nPL/pgSQL function",
                "OPTIONS (user 'bob', password 'geheim')",
                "OPTIONS (SET \"password\" 'geheim')",
                "dblink('host=127.0.0.1 user=app password=geheim')",
                "dblink('host=h password=''geheim x'' user=u')",
                "CONNECTION 'host=h user=u password = geheim dbname=d'",
                "CONNECTION 'password=a&b;geheim,(x) user=u'",
                "CONNECTION 'password=it''sgeheim user=u'",
                "postgresql://u:geheim@host/db",
                "jdbc:postgresql://u:p@geheim/x@host:5432/db?sslmode=require",
                "jdbc:postgresql://host:5432/db?user=u&password=geheim&ssl=true",
                "https://user:geheim@example.org/path",
                "UPDATE users SET password = 'geheim' WHERE id = 1",
                "UPDATE users SET password = crypt('geheim', gen_salt('bf'))",
                "{\"user\": \"u\", \"password\": \"geheim\"}",
                "{\\\"db_password\\\":\\\"geheim\\\"}",
                "api_key=geheim",
                "secret-token: 'geheim'",
                "db_pw=geheim",
                "DB_PASSWD=geheim",
                "access_key => 'geheim'",
            })
    void a_secret_is_known_by_its_place(String text) {
        assertThat(SecretForms.masked(text)).doesNotContain("geheim").contains("***");
        assertThat(SecretForms.masked(SecretForms.masked(text))).isEqualTo(SecretForms.masked(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password authentication failed for user \"app\"",
                "FATAL: no password supplied",
                "give a URL or a secret's whole text by DATABASE_URL; 'maybe' is none",
                "ALTER ROLE r PASSWORD NULL",
                "CREATE TABLE users (name text, password text NOT NULL, token text)",
                "OPTIONS (password_required 'false')",
                "The secret prod/db has no key password: it has [pass, username]",
                "Set DATABASE_PASSWORD, put it into DATABASE_URL, or name a secret by DATABASE_SECRET.",
                "Detail: Key (id)=(5) already exists.",
                "syntax error at or near \"compass\"",
                "SELECT 'x' AS compass, 'y'",
                "https://docs.example.org:443/page@v2",
                "postgresql://app@host:5432/db",
            })
    void everything_else_stays(String text) {
        assertThat(SecretForms.masked(text)).isEqualTo(text);
    }

    @Test
    void time_is_linear_in_the_text() {
        String text = "password ".repeat(200_000)
                + "token = '".repeat(100_000)
                + "://a:".repeat(100_000)
                + "x_secret.".repeat(100_000)
                + "PASSWORD $a".repeat(100_000);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> SecretForms.masked(text));
    }
}
