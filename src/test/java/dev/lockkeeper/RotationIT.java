package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.Await;
import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.FakeSecretsManager;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.harness.Running;
import dev.lockkeeper.harness.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The password changes during a run. */
@Tag("anywhere")
class RotationIT {
    private static final String OLD = "{\"username\":\"%s\",\"password\":\"s3cr:t-old\"}";

    @TempDir
    private Path folder;

    private TestDatabase database;
    private FakeSecretsManager secrets;
    private Environment environment;

    @BeforeEach
    void setUp() throws Exception {
        database = TestDatabase.create();
        secrets = new FakeSecretsManager();
        environment = secrets.in(new ChangelogFolder(folder)
                .changeSet("1", "CREATE TABLE a (x int);")
                .in(database.environment().without("DATABASE_PASSWORD").without("DATABASE_USERNAME"))
                .with("DATABASE_SECRET", "db")
                .with("LOCKKEEPER_CONNECT_WAIT", "20s"));
    }

    @AfterEach
    void tearDown() throws Exception {
        secrets.close();
        database.close();
    }

    private String old() {
        return OLD.formatted(database.role());
    }

    private String present() {
        return OLD.formatted(database.role())
                .replace(
                        "s3cr:t-old",
                        TestDatabase.PASSWORD.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    @Test
    void between_two_steps_of_a_rotation_the_pending_version_is_the_right_one() {
        secrets.has("db", old()).has("db", "AWSPENDING", present());
        Program.run(environment).exits(0);
        assertThat(secrets.asked()).containsExactly("AWSCURRENT", "AWSCURRENT", "AWSPENDING");
    }

    @Test
    void an_injected_password_that_is_old_is_replaced_by_the_secrets_present_one() {
        secrets.has("db", present());
        Program.run(environment
                        .with("DATABASE_USERNAME", database.role())
                        .with("DATABASE_PASSWORD", "s3cr:t injected at task start"))
                .exits(0);
        assertThat(secrets.asked()).containsExactly("AWSCURRENT");
    }

    @Test
    void only_the_login_is_taken_from_a_secret_that_a_rotation_makes_us_read() throws Exception {
        database.execute("CREATE SCHEMA elsewhere");
        secrets.has(
                "db",
                "postgresql://" + database.role() + "@h/d?currentSchema=elsewhere&password="
                        + URLEncoder.encode(TestDatabase.PASSWORD, StandardCharsets.UTF_8)
                                .replace("+", "%20"));
        Program.run(environment
                        .with("DATABASE_USERNAME", database.role())
                        .with("DATABASE_PASSWORD", "s3cr:t injected at task start"))
                .exits(0);
        assertThat(database.one("SELECT schemaname FROM pg_tables WHERE tablename = 'a'"))
                .isEqualTo("public");
    }

    @Test
    void a_password_that_becomes_right_is_waited_for() throws Exception {
        secrets.has("db", old());
        Running migration = Program.begin(environment);
        // Twice, so that the first refusal and the wait after it are over.
        Await.until(
                () -> Collections.frequency(secrets.asked(), "AWSPENDING") >= 2, () -> String.valueOf(secrets.asked()));
        assertThat(migration.isDone()).isFalse();
        secrets.has("db", present());
        migration.result().exits(0);
    }

    @Test
    void one_that_stays_wrong_ends_with_4() {
        secrets.has("db", old());
        Program.run(environment.with("LOCKKEEPER_CONNECT_WAIT", "2s"))
                .exits(4)
                .untouched()
                .says("refused the login", database.role(), "Retried for 2 s");
        assertThat(secrets.asked()).contains("AWSPENDING");
    }

    @Test
    void without_a_secret_the_report_says_how_ecs_injects_one() {
        Program.run(environment
                        .without("DATABASE_SECRET")
                        .with("DATABASE_USERNAME", database.role())
                        .with("DATABASE_PASSWORD", "s3cr:t"))
                .exits(4)
                .untouched()
                .says("ECS reads an injected secret once, at task start");
    }
}
