package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "LOCKKEEPER_LOCK_TIMEOUT, 0, wait for ever",
        "LOCKKEEPER_LOCK_TIMEOUT, 0ms, wait for ever",
        "LOCKKEEPER_LOCK_TIMEOUT, 30d, at most 24d",
        "LOCKKEEPER_STATEMENT_TIMEOUT, 25d, at most 24d",
        "LOCKKEEPER_CONNECT_WAIT, 99999999d, at most 36500d",
        "LOCKKEEPER_WAIT, 999999999d999999999d, at most 36500d",
        "LOCKKEEPER_DEADLINE, 876001h, at most 36500d",
        "LOCKKEEPER_TERMINATE_BLOCKERS_IDLE_IN_TRANSACTION, 40000d, at most 36500d",
        "LOCKKEEPER_LOCK_RETRIES, 9999999999, from 0 to 999999999",
        "LOCKKEEPER_COUNT, 4294967297, from 1 to 999999999"
    })
    void a_value_out_of_range_is_refused_with_the_range(String variable, String value, String said) {
        refused(url("postgresql://u@127.0.0.1:1/d").with(variable, value)).says(variable, said);
    }

    @Test
    void a_limit_of_zero_is_none() {
        Program.run(url("postgresql://u@127.0.0.1:1/d")
                        .with("LOCKKEEPER_STATEMENT_TIMEOUT", "0")
                        .with("LOCKKEEPER_DEADLINE", "0")
                        .with("LOCKKEEPER_WAIT", "0")
                        .with("LOCKKEEPER_CONNECT_WAIT", "0")
                        .with("LOCKKEEPER_LOCK_RETRIES", "0"))
                .exits(4);
    }

    @Test
    void a_misspelt_database_variable_is_named_and_those_of_the_app_are_not() {
        Environment misspelt = environment
                .with("DATABASE_SSL_MODE", "require")
                .with("DATABASE_USER", "u")
                .with("DATABASE_PASSWD", "s3cr:t")
                .with("DATABASE_HOSTS", "h");
        Finished refused = Program.run(misspelt, "validate")
                .exits(2)
                .says(
                        "DATABASE_SSL_MODE isn't a setting and is ignored; did you mean DATABASE_SSLMODE?",
                        "did you mean DATABASE_USERNAME?",
                        "did you mean DATABASE_PASSWORD?",
                        "did you mean DATABASE_HOST?");
        assertThat(refused.text("happened")).startsWith("4 problems");
        Program.run(
                        environment
                                .with("DATABASE_SSL_MODE", "require")
                                .with("DATABASE_SSLMODE", "require")
                                .with("DATABASE_POOL", "5")
                                .with("DATABASE_TYPE", "postgres")
                                .with("DATABASE_SCHEMA", "s")
                                .with("DATABASE_DRIVER", "d")
                                .with("DATABASE_URL_REPLICA", "r")
                                .with("DATABASE_ROLE", "r"),
                        "validate")
                .exits(0);
    }

    @Test
    void a_result_file_that_can_not_be_written_is_refused_with_the_reason() throws Exception {
        Path missing = folder.resolve("missing/result.json");
        refused(environment.with("LOCKKEEPER_OUTPUT", missing.toString()), "validate")
                .says("can't be written: there is no folder " + missing.getParent());
        refused(environment.with("LOCKKEEPER_OUTPUT", folder.toString()), "validate")
                .says("can't be written: it is a folder");
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, Set.of());
        Environment into = environment.with("LOCKKEEPER_OUTPUT", closed + "/result.json");
        if (Files.isWritable(closed)) {
            // Root may write everywhere: then the missing changelog is all that is wrong.
            assertThat(Program.run(into, "validate").output()).doesNotContain("may not write");
            return;
        }
        refused(into, "validate").says("the user that runs this", "may not write " + closed);
    }

    @Test
    void bad_input_took_no_time_worth_a_line() {
        assertThat(Program.run(environment.with("LOCKKEEPER_LOG_FORMAT", "text"), "no-such")
                        .exits(2)
                        .output())
                .contains("BAD-INPUT")
                .doesNotContain("Took");
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
