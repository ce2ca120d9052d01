package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.PostgresServer;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.harness.Running;
import dev.lockkeeper.harness.TestDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that can't be used: each ends with its exit code and one clear sentence, and nothing is touched. */
@Tag("anywhere")
class BadDatabaseIT {
    @TempDir
    private Path folder;

    private TestDatabase database;
    private ChangelogFolder changelog;
    private Environment environment;

    @BeforeEach
    void setUp() throws Exception {
        database = TestDatabase.create();
        changelog = new ChangelogFolder(folder).changeSet("1", "CREATE TABLE a (x int);");
        environment = changelog.in(database.environment());
    }

    @AfterEach
    void tearDown() throws Exception {
        database.close();
    }

    @Test
    void every_url_form_takes_a_password_full_of_special_characters() {
        String raw = TestDatabase.PASSWORD;
        String encoded = URLEncoder.encode(raw, StandardCharsets.UTF_8).replace("+", "%20");
        String place =
                PostgresServer.shared().host() + ":" + PostgresServer.shared().port() + "/" + database.name();
        String user = database.role();
        List<String> urls = List.of(
                "jdbc:postgresql://" + place + "?user=" + user + "&password=" + encoded,
                "jdbc:postgresql://" + user + ":" + encoded + "@" + place,
                "postgresql://" + user + ":" + encoded + "@" + place + "?application_name=x",
                "postgres://" + user + ":" + raw + "@" + place,
                "postgresql+psycopg://" + user + ":" + encoded + "@" + place,
                "{\"engine\":\"postgres\",\"host\":\"" + PostgresServer.shared().host() + "\",\"port\":"
                        + PostgresServer.shared().port() + ",\"dbname\":\"" + database.name() + "\",\"username\":\""
                        + user
                        + "\",\"password\":\"" + raw.replace("\"", "\\\"") + "\"}");
        for (String url : urls) {
            Program.run(changelog.in(Environment.of().with("DATABASE_URL", url)), "status")
                    .exits(0);
        }
    }

    @Test
    void no_database_at_all() {
        Program.run(changelog.in(Environment.of())).exits(2).untouched().says("No database", "DATABASE_URL");
    }

    @Test
    void a_url_without_database_name() {
        Environment url = Environment.of().with("DATABASE_URL", "postgresql://u:s3cr:t@127.0.0.1:1");
        Program.run(changelog.in(url)).exits(2).untouched().says("database name", "DATABASE_NAME");
    }

    @Test
    void an_unknown_host() {
        Program.run(environment.with("DATABASE_HOST", "no-such-host.invalid"))
                .exits(4)
                .untouched()
                .says("no-such-host.invalid", "unknown");
    }

    @Test
    void a_wrong_port() {
        Program.run(environment.with("DATABASE_PORT", "1")).exits(4).untouched().says("refused", "security group");
    }

    @Test
    void a_wrong_password() {
        Finished run = Program.run(environment.with("DATABASE_PASSWORD", "s3cr:t wrong"))
                .exits(4)
                .untouched()
                .says("refused the login", database.role());
        assertThat(run.text("sqlState")).isEqualTo("28P01");
    }

    @Test
    void no_password_although_one_is_required() {
        Program.run(environment.without("DATABASE_PASSWORD"))
                .exits(4)
                .untouched()
                .says("wants a password", "DATABASE_PASSWORD");
    }

    @Test
    void a_server_that_accepts_connections_and_does_not_answer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Environment there = environment.with("DATABASE_PORT", String.valueOf(silent.getLocalPort()));
            long begun = System.nanoTime();
            Program.run(there, "migrate", "--deadline", "2s").exits(8).untouched();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(12));
            Program.run(there.with("LOCKKEEPER_CONNECT_WAIT", "1s"), "status")
                    .exits(4)
                    .untouched()
                    .says("gives no answer");
        }
    }

    @Test
    void a_secret_in_the_wrong_place_is_not_shown() {
        String url = "postgresql://u:s3cr:t@h/d";
        for (String variable : List.of("DATABASE_SECRET", "DATABASE_HOST", "DATABASE_NAME", "DATABASE_USERNAME")) {
            Program.run(environment.with(variable, url)).exits(2).untouched().says(variable, "DATABASE_URL");
        }
        Program.run(environment, "migrate", "--database-password=s3cr:t")
                .exits(2)
                .says("--database-password");
        Program.run(environment, "migrate", url).exits(2);
        Environment parameter = environment.with("LOCKKEEPER_PARAMETERS", "db_pass=s3cr:t");
        changelog.changeSet("2", "runInTransaction:false", "SELECT '${db_pass}';\nSELECT '${db_pass} and on';");
        Program.run(parameter, "validate").exits(0);
    }

    @Test
    void a_password_in_a_statement_that_fails_is_not_shown() {
        changelog.changeSet("2", "CREATE ROLE svc LOGIN PASSWORD 's3cr:t';");
        Program.run(environment).exits(1).says("42501", "PASSWORD '***'");
    }

    @Test
    void a_typing_error_is_answered_by_what_was_meant() {
        Program.run(environment, "migrate", "--connect-wiat", "3s").exits(2).says("--connect-wiat", "--connect-wait");
        Program.run(environment, "migrat").exits(2).says("no command migrat");
    }

    @Test
    void too_many_connections_are_waited_out() throws Exception {
        database.executeAsSuperuser("ALTER DATABASE " + database.name() + " CONNECTION LIMIT 0");
        Program.run(environment.with("LOCKKEEPER_CONNECT_WAIT", "1s"))
                .exits(4)
                .untouched()
                .says("too many connections", "Retried for 1 s");
        Running patient = Program.begin(environment.with("LOCKKEEPER_CONNECT_WAIT", "60s"))
                .awaitText("Trying again");
        database.executeAsSuperuser("ALTER DATABASE " + database.name() + " CONNECTION LIMIT -1");
        patient.result().exits(0);
    }

    @Test
    void a_missing_database() {
        Program.run(environment.with("DATABASE_NAME", "nowhere"))
                .exits(4)
                .untouched()
                .says("nowhere", "Create it");
    }

    @Test
    void tls_required_but_not_offered() {
        Program.run(environment.with("DATABASE_SSLMODE", "require"))
                .exits(4)
                .untouched()
                .says("TLS", "DATABASE_SSLMODE");
    }

    @Test
    void a_read_only_database() throws Exception {
        database.executeAsSuperuser("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");
        Program.run(environment).exits(4).untouched().says("read-only");
    }

    @Test
    void a_user_without_create() throws Exception {
        database.executeAsSuperuser("REVOKE CREATE ON SCHEMA public FROM PUBLIC; ALTER SCHEMA public OWNER TO postgres;"
                + " REVOKE ALL ON SCHEMA public FROM " + database.role()
                + "; GRANT USAGE ON SCHEMA public TO " + database.role());
        List<String> before = database.fingerprint();
        Program.run(environment).exits(4).untouched().says("may not write the history", "LOCKKEEPER_ROLE");
        assertThat(database.fingerprint()).isEqualTo(before);
    }

    @Test
    void all_problems_of_the_settings_at_once_and_no_secret_among_them() {
        Environment bad = environment
                .with("LOCKKEEPER_WAIT", "soon")
                .with("DATABASE_PORT", "s3cr")
                .with("LOCKKEEPER_UNKNOWN", "maybe")
                .with("DATABASE_URL", "mysql://u:s3cr:t@h/d");
        Program.run(bad)
                .exits(2)
                .untouched()
                .says("LOCKKEEPER_WAIT", "DATABASE_PORT", "LOCKKEEPER_UNKNOWN", "DATABASE_URL", "4 problems");
        Program.run(environment, "migrate", "--database-url", "postgresql://u:s3cr:t@h/d")
                .exits(2)
                .says("process list");
        Program.run(environment, "migrate", "--no-such-option").exits(2).says("--no-such-option");
    }

    @Test
    void a_misspelt_variable_is_a_warning_for_migrate_and_an_error_for_validate() {
        Environment misspelt = environment.with("LOCKKEEPER_LOCK_TIMOUT", "1s");
        assertThat(Program.run(misspelt).exits(0).output()).contains("did you mean LOCKKEEPER_LOCK_TIMEOUT");
        Program.run(misspelt, "validate").exits(2).says("LOCKKEEPER_LOCK_TIMEOUT");
    }

    @Test
    void a_result_file_that_can_not_be_written_is_found_before_anything_is_done() throws Exception {
        for (String file : List.of("/no/such/folder/result.json", folder.toString())) {
            Program.run(environment, "migrate", "--output", file)
                    .exits(2)
                    .untouched()
                    .says("LOCKKEEPER_OUTPUT", file);
        }
        assertThat(database.rows("SELECT 1 FROM pg_tables WHERE schemaname = 'public'"))
                .isEmpty();
    }

    @Test
    void debug_shows_the_stack_trace_and_still_no_password() {
        assertThat(Program.run(environment.with("LOCKKEEPER_LOG_LEVEL", "debug").with("DATABASE_NAME", "nowhere"))
                        .exits(4)
                        .output())
                .contains("\\tat ");
    }
}
