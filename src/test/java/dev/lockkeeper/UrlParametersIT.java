package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.PostgresServer;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.harness.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run creates things where the URL's parameters say, or is refused. */
@Tag("anywhere")
class UrlParametersIT extends DatabaseCase {
    @BeforeEach
    void schemas() throws SQLException {
        database.execute("CREATE SCHEMA app; CREATE SCHEMA ext; CREATE SCHEMA \"Mixed\"");
        changelog.changeSet("1", "CREATE TABLE a (x int);");
    }

    private Environment url(String query) {
        PostgresServer server = PostgresServer.shared();
        return changelog
                .in(Environment.of())
                .with("DATABASE_PASSWORD", TestDatabase.PASSWORD)
                .with(
                        "DATABASE_URL",
                        "postgresql://" + database.role() + "@" + server.host() + ":" + server.port() + "/"
                                + database.name() + "?" + query);
    }

    private Finished by(String query, String... arguments) {
        return Program.run(url(query), arguments);
    }

    /** The schemas of table and history. */
    private List<String> places() throws SQLException {
        return database.rows(
                "SELECT schemaname FROM pg_tables WHERE tablename IN ('a', 'databasechangelog') ORDER BY 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "currentSchema=app,public app",
                "currentSchema=APP app",
                "currentSchema=Mixed Mixed",
                "search_path=%22$user%22,app app",
                "search_path=app,nowhere app",
                "schema=Mixed Mixed",
                "options=-c%20statement_timeout=5s%20-csearch_path=%22Mixed%22 Mixed",
                "options[search_path]=app,ext app"
            })
    void tables_and_history_land_in_the_schema_that_the_url_names(String query, String schema) throws Exception {
        by(query).exits(0);
        assertThat(places()).containsExactly(schema, schema);
        assertThat(by(query, "status", "--check").exits(0).text("stateBefore")).isEqualTo("up-to-date");
    }

    @Test
    void a_list_is_the_whole_search_path() throws Exception {
        database.execute("CREATE TABLE ext.b (x int)");
        changelog.changeSet("2", "INSERT INTO b VALUES (1); CREATE TABLE path AS SELECT current_schemas(false) AS s;");
        by("options=-csearch_path=app,ext").exits(0);
        assertThat(database.one("SELECT s FROM app.path")).isEqualTo("{app,ext}");
        assertThat(database.one("SELECT count(*) FROM ext.b")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"role=%s_owner", "options=-c%%20role=%s_owner"})
    void the_role_that_the_url_names_owns_what_is_made(String query) throws Exception {
        String owner = database.role() + "_owner";
        database.executeAsSuperuser("CREATE ROLE " + owner + "; GRANT " + owner + " TO " + database.role()
                + "; GRANT ALL ON SCHEMA public TO " + owner);
        try {
            changelog.changeSet("2", "SET ROLE NONE;").changeSet("3", "CREATE TABLE c (x int);");
            by(query.formatted(database.role())).exits(0);
            assertThat(database.rows("SELECT tableowner FROM pg_tables WHERE tablename IN ('a', 'c')"))
                    .containsExactly(owner, owner);
        } finally {
            database.executeAsSuperuser("DROP OWNED BY " + owner + "; DROP ROLE " + owner);
        }
    }

    @Test
    void no_role_and_no_schema_are_what_they_say() throws Exception {
        by("role=none&currentSchema=&options=").exits(0);
        assertThat(places()).containsExactly("public", "public");
    }

    @Test
    void what_cannot_be_used_is_not_replaced_by_the_next_on_the_list() throws Exception {
        by("search_path=nowhere,public").exits(4).untouched().says("no schema \"nowhere\"", "search_path");
        by("role=nobody").exits(4).untouched().says("\"nobody\"", "the role in the database's URL");
        database.executeAsSuperuser("CREATE SCHEMA closed");
        by("search_path=closed,public").exits(4).untouched().says("\"closed\"", "GRANT USAGE");
        Program.run(environment().with("LOCKKEEPER_SCHEMA", "closed"))
                .exits(4)
                .untouched()
                .says("\"closed\"", "LOCKKEEPER_SCHEMA");
        assertThat(places()).isEmpty();
    }

    @Test
    void a_setting_of_ours_wins_over_the_url() throws Exception {
        Finished run = Program.run(url("search_path=ext&role=nobody")
                        .with("LOCKKEEPER_SCHEMA", "app")
                        .with("LOCKKEEPER_ROLE", database.role()))
                .exits(0);
        assertThat(places()).containsExactly("app", "app");
        assertThat(run.output())
                .contains("search_path names the schema ext and is ignored: LOCKKEEPER_SCHEMA is app")
                .contains("names the role nobody and is ignored: LOCKKEEPER_ROLE is " + database.role());
        assertThat(Program.run(url("currentSchema=app,ext").with("LOCKKEEPER_SCHEMA", "app"))
                        .exits(0)
                        .untouched()
                        .output())
                .doesNotContain("is ignored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"options=-csearch_path=ext", "schema=ext", "currentSchema=ext,public"})
    void a_history_from_when_the_parameter_was_ignored_is_not_begun_anew(String query) throws Exception {
        run().exits(0);
        List<String> before = database.fingerprint();
        for (String command : List.of("migrate", "baseline --all", "tag x", "status --check")) {
            by(query, command.split(" "))
                    .exits(6)
                    .untouched()
                    .says("LOCKKEEPER_SCHEMA=public", "LOCKKEEPER_SCHEMA=ext", "LOCKKEEPER_HISTORY_SCHEMA=public");
        }
        by(query, "status").exits(0).untouched().says("LOCKKEEPER_SCHEMA=public");
        by(query, "validate").exits(0).untouched();
        assertThat(database.fingerprint()).isEqualTo(before);

        Program.run(url(query).with("LOCKKEEPER_SCHEMA", "public")).exits(0).untouched();
        changelog.changeSet("2", "CREATE TABLE b (x int);");
        Program.run(url(query).with("LOCKKEEPER_HISTORY_SCHEMA", "public")).exits(0);
        assertThat(database.one("SELECT schemaname FROM pg_tables WHERE tablename = 'b'"))
                .isEqualTo("ext");
        database.execute("DROP TABLE ext.b");
        Program.run(url(query).with("LOCKKEEPER_SCHEMA", "ext")).exits(0);
        assertThat(places()).containsExactly("ext", "ext", "public", "public");
        by(query).exits(0).untouched();
    }

    @Test
    void a_history_of_another_changelog_is_nobody_elses_business() throws Exception {
        changelog.file("other.sql", """
                --liquibase formatted sql
                --changeset team:1
                SELECT 1;
                """);
        Program.run(changelog.in(database.environment(), "other.sql")).exits(0);
        by("search_path=ext").exits(0);
        assertThat(places()).contains("ext");
        // currentSchema has always been honoured: there may be as many tenants as there are schemas.
        run().exits(0);
        by("currentSchema=app").exits(0);
    }

    @Test
    void what_is_harmless_is_ignored_and_what_somebody_may_count_on_is_named() {
        String warnings = by("connection_limit=5&pool_timeout=10&pgbouncer=true&readOnly=false&application_name=x"
                        + "&statement_timeout=5&sslcert=/c&nonsense=1"
                        + "&options=-c%20lock_timeout%3D1%20-c%20work_mem%3D64MB%20endpoint%3Dx")
                .exits(0)
                .output();
        assertThat(warnings)
                .contains(
                        "statement_timeout is ignored: LOCKKEEPER_STATEMENT_TIMEOUT sets it",
                        "sslcert is ignored",
                        "nonsense isn't known and is ignored",
                        "lock_timeout in options is ignored: LOCKKEEPER_LOCK_TIMEOUT sets it",
                        "work_mem in options is ignored",
                        "options has a part that sets nothing known")
                .doesNotContain("connection_limit", "pool_timeout", "pgbouncer", "readOnly", "application_name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:s3cr:t@h1:5432,h2:5433/d",
                "postgresql://u:s3cr:t@h1,h2/d",
                "jdbc:postgresql://h1:1,h2:2/d?user=u&password=s3cr:t",
                "jdbc:postgresql://[::1]:1,[::2]:2/d?user=u",
                "postgresql+psycopg2://u:s3cr:t@/d?host=h1:1&host=h2:2"
            })
    void several_hosts_need_one_to_be_named(String several) {
        Environment environment = changelog.in(Environment.of()).with("DATABASE_URL", several);
        Program.run(environment).exits(2).untouched().says("several hosts", "DATABASE_HOST");
        Program.run(database.environment().variables().entrySet().stream()
                        .reduce(
                                environment,
                                (all, one) -> all.with(one.getKey(), one.getValue()),
                                (first, second) -> second))
                .exits(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:s3cr:t@%2Ftmp/d",
                "postgresql://u:s3cr:t@%2Fvar%2Frun%2Fpostgresql:5432/d",
                "postgresql:///d?host=/tmp&user=u",
                "postgresql://u:s3cr:t@localhost/d?host=/cloudsql/p:r:i"
            })
    void a_socket_needs_a_host(String socket) {
        Program.run(changelog.in(Environment.of()).with("DATABASE_URL", socket))
                .exits(2)
                .untouched()
                .says("Unix socket", "DATABASE_HOST");
        Program.run(environment().with("DATABASE_HOST", "/tmp"))
                .exits(2)
                .untouched()
                .says("Unix socket");
    }
}
