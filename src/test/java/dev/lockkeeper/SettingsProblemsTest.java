package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the settings: all of it, under the name of the setting, before anything is touched. */
class SettingsProblemsTest {
    @TempDir
    private Path folder;

    private Environment environment;

    @BeforeEach
    void setUp() {
        environment = new ChangelogFolder(folder).changeSet("1", "SELECT 1;").in(Environment.of());
    }

    private Finished refused(Environment bad, String... arguments) {
        return Program.run(bad, arguments).exits(2).untouched();
    }

    private Environment url(String url) {
        return environment.with("DATABASE_URL", url);
    }

    @Test
    void a_wrong_setting_hides_none_of_the_others() {
        Environment bad = environment
                .with("LOCKKEEPER_LOG_FORMAT", "yaml")
                .with("LOCKKEEPER_OUTPUT", "/no/such/folder/file")
                .with("DATABASE_HOST", "h")
                .with("DATABASE_NAME", "postgresql://u:s3cr:t@h/d")
                .with("DATABASE_PORT", "x")
                .with("DATABASE_AUTH", "magic")
                .with("DATABASE_SSLMODE", "maybe")
                .with("LOCKKEEPER_CONNECT_WAIT", "soon");
        refused(bad)
                .says(
                        "8 problems",
                        "DATABASE_USERNAME",
                        "LOCKKEEPER_LOG_FORMAT",
                        "LOCKKEEPER_OUTPUT",
                        "DATABASE_NAME",
                        "DATABASE_PORT",
                        "DATABASE_AUTH",
                        "DATABASE_SSLMODE",
                        "LOCKKEEPER_CONNECT_WAIT")
                .says("DATABASE_NAME (--database-name): holds a URL or JSON");
    }

    @Test
    void what_is_missing_of_the_database_is_reported_whatever_else_is_wrong() {
        refused(environment.with("LOCKKEEPER_LOG_FORMAT", "yaml").with("DATABASE_HOST", "h"))
                .says("3 problems", "LOCKKEEPER_LOG_FORMAT", "DATABASE_NAME", "DATABASE_USERNAME");
        refused(environment.with("LOCKKEEPER_LOG_FORMAT", "yaml"), "migrate", "--no-such-option")
                .says("2 problems", "LOCKKEEPER_LOG_FORMAT", "--no-such-option");
    }

    @Test
    void a_port_is_judged_for_what_it_belongs_to() {
        Environment complete = environment
                .with("DATABASE_HOST", "h")
                .with("DATABASE_NAME", "d")
                .with("DATABASE_USERNAME", "u");
        assertThat(refused(complete.with("DATABASE_PORT", "99999"))
                        .says("DATABASE_PORT", "1 to 65535")
                        .text("happened"))
                .doesNotContain("password");
        assertThat(refused(complete.with("DATABASE_ENDPOINT", "db.internal:0"))
                        .says("DATABASE_ENDPOINT", "1 to 65535")
                        .text("happened"))
                .doesNotContain("password");
        refused(url("postgresql://u:s3cr:t@h:99999/d")).says("1 to 65535", "percent-encoded");
    }
}
