package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.FakeSecretsManager;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.PostgresServer;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.harness.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials from Secrets Manager, right and wrong. */
@Tag("anywhere")
class SecretIT {
    private static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1-AbCdEf";

    @TempDir
    private Path folder;

    private TestDatabase database;
    private FakeSecretsManager manager;
    private ChangelogFolder changelog;

    @BeforeEach
    void setUp() throws Exception {
        database = TestDatabase.create();
        manager = new FakeSecretsManager();
        changelog = new ChangelogFolder(folder).changeSet("1", "CREATE TABLE a (x int);");
    }

    @AfterEach
    void tearDown() throws Exception {
        manager.close();
        database.close();
    }

    private Finished status(String secret) {
        return Program.run(changelog.in(manager.in(Environment.of().with("DATABASE_SECRET", secret))), "status");
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    @Test
    void a_key_behind_the_arn_as_ecs_has_it() {
        Environment environment = database.environment();
        String url = "postgresql://" + environment.variables().get("DATABASE_HOST") + ":"
                + environment.variables().get("DATABASE_PORT") + "/" + database.name() + "?user=" + database.role();
        manager.has(ARN, "{\"url\":\"" + url + "\",\"other\":\"x\"}");
        Environment keyed = Environment.of().with("DATABASE_PASSWORD", TestDatabase.PASSWORD);
        Program.run(changelog.in(manager.in(keyed.with("DATABASE_SECRET", ARN + ":url::"))), "status")
                .exits(0);
        Program.run(changelog.in(manager.in(keyed.with("DATABASE_SECRET", ARN + ":link::"))), "status")
                .exits(4)
                .says("no key \"link\"");
    }

    @Test
    void a_two_key_secret_is_completed_by_single_variables() {
        manager.has(
                ARN, "{\"username\":\"" + database.role() + "\",\"password\":\"" + json(TestDatabase.PASSWORD) + "\"}");
        Environment environment = manager.in(database.environment()
                .without("DATABASE_USERNAME")
                .without("DATABASE_PASSWORD")
                .with("DATABASE_SECRET", ARN));
        Program.run(changelog.in(environment), "status").exits(0);
        status(ARN).exits(2).says("DATABASE_HOST");
    }

    @Test
    void a_full_secret_and_a_plain_url_need_nothing_else() {
        PostgresServer server = PostgresServer.shared();
        manager.has(
                "full",
                "{\"engine\":\"postgres\",\"host\":\"" + server.host() + "\",\"port\":" + server.port()
                        + ",\"dbname\":\"" + database.name() + "\",\"username\":\"" + database.role()
                        + "\",\"password\":\""
                        + json(TestDatabase.PASSWORD) + "\"}");
        manager.has(
                "url",
                "postgresql://" + database.role() + ":"
                        + URLEncoder.encode(TestDatabase.PASSWORD, StandardCharsets.UTF_8)
                                .replace("+", "%20") + "@"
                        + server.host() + ":" + server.port() + "/" + database.name());
        status("full").exits(0);
        status("url").exits(0);
    }

    @Test
    void the_schema_that_a_secrets_url_names_is_the_default_schema() throws Exception {
        database.execute("CREATE SCHEMA app");
        PostgresServer server = PostgresServer.shared();
        manager.has(
                "url",
                "postgresql://" + database.role() + "@" + server.host() + ":" + server.port() + "/" + database.name()
                        + "?currentSchema=app&password="
                        + URLEncoder.encode(TestDatabase.PASSWORD, StandardCharsets.UTF_8)
                                .replace("+", "%20"));
        Program.run(changelog.in(manager.in(Environment.of().with("DATABASE_SECRET", "url"))))
                .exits(0);
        assertThat(database.rows(
                        "SELECT schemaname, tablename FROM pg_tables WHERE tablename IN ('a', 'databasechangelog')"
                                + " ORDER BY 2"))
                .containsExactly("app|a", "app|databasechangelog");
    }

    @Test
    void a_secret_that_cannot_be_used_says_why() {
        manager.denies("denied")
                .has("empty", " ")
                .hasBinary("binary")
                .has("broken", "{\"username\": \"u\", \"password\": \"s3cr:t")
                .has("keyless", "{\"username\":\"u\",\"pass\":\"s3cr:t\"}")
                .has("mysql", "{\"engine\":\"mysql\",\"username\":\"u\",\"password\":\"s3cr:t\"}")
                .has("prose", "s3cr:t");
        status("missing").exits(4).untouched().says("missing", "ResourceNotFoundException", "DATABASE_SECRET");
        status("denied").exits(4).untouched().says("denied", "AccessDeniedException", "secretsmanager:GetSecretValue");
        status("empty").exits(4).untouched().says("empty");
        status("binary").exits(4).untouched().says("binary");
        status("broken").exits(4).untouched().says("isn't valid JSON");
        status("keyless").exits(4).untouched().says("no key password", "[pass, username]");
        status("mysql").exits(4).untouched().says("mysql");
        status("prose").exits(4).untouched().says("isn't a PostgreSQL URL");
    }

    @Test
    void a_secrets_manager_out_of_reach_names_the_endpoint() {
        Environment nobody = manager.in(Environment.of())
                .with("DATABASE_SECRET", "any")
                .with("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        Program.run(changelog.in(nobody), "status")
                .exits(4)
                .untouched()
                .says("couldn't be asked", "interface endpoint");
    }
}
