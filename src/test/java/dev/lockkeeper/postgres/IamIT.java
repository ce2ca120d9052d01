package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.PasswordTaker;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.postgres.tls.TestCertificates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DATABASE_AUTH=iam: a token in the password's place, over TLS only. */
@Tag("anywhere")
class IamIT {
    @TempDir
    private Path folder;

    private Environment environment(int port) throws Exception {
        return new ChangelogFolder(Files.createDirectories(folder.resolve("changelog")))
                .changeSet("1", "SELECT 1;")
                .in(Environment.of())
                .with("DATABASE_HOST", "localhost")
                .with("DATABASE_PORT", String.valueOf(port))
                .with("DATABASE_NAME", "app")
                .with("DATABASE_USERNAME", "app")
                .with("DATABASE_AUTH", "iam")
                .with("AWS_REGION", "eu-central-1")
                .with("AWS_ACCESS_KEY_ID", "AKIATEST")
                .with("AWS_SECRET_ACCESS_KEY", "s3cr:t-key");
    }

    @Test
    void the_server_is_given_a_token_for_its_real_name_over_tls() throws Exception {
        TestCertificates certificates = TestCertificates.create(folder);
        try (PasswordTaker server = new PasswordTaker(certificates.selfSigned())) {
            Environment environment = environment(server.port());
            Finished refused = Program.run(environment, "status").exits(4).untouched();
            refused.says("refused the login", "rds-db:connect", "rds_iam");
            Program.run(
                            environment
                                    .with("DATABASE_ENDPOINT", "db.abc.eu-west-1.rds.amazonaws.com:5433")
                                    .with("DATABASE_SSLMODE", "require"),
                            "status")
                    .exits(4);
            assertThat(server.passwords()).hasSize(2);
            assertThat(server.passwords().get(0))
                    .startsWith("localhost:" + server.port() + "/?Action=connect&DBUser=app")
                    .contains("%2Feu-central-1%2Frds-db%2Faws4_request", "X-Amz-Signature=");
            assertThat(server.passwords().get(1))
                    .startsWith("db.abc.eu-west-1.rds.amazonaws.com:5433/?Action=connect")
                    .contains("%2Feu-west-1%2Frds-db%2Faws4_request");
            assertThat(refused.output()).doesNotContain("X-Amz-Signature");
        }
    }

    @Test
    void the_task_roles_credentials_are_asked_for_once() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer role = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        role.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] answer =
                    """
                    {"AccessKeyId": "AKIAROLE", "SecretAccessKey": "s3cr:t-key", "Token": "s3cr:t-session",
                     "Expiration": "%s"}""".formatted(Instant.now().plus(Duration.ofHours(6))).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        role.start();
        // The SDK's own setting for what ECS gives a task as AWS_CONTAINER_CREDENTIALS_FULL_URI.
        String setting = "aws.containerCredentialsFullUri";
        System.setProperty(setting, "http://127.0.0.1:" + role.getAddress().getPort() + "/role");
        TestCertificates certificates = TestCertificates.create(folder);
        try (PasswordTaker server = new PasswordTaker(certificates.selfSigned())) {
            Program.run(
                            environment(server.port())
                                    .without("AWS_ACCESS_KEY_ID")
                                    .without("AWS_SECRET_ACCESS_KEY")
                                    .with("DATABASE_SSLMODE", "require"),
                            "status")
                    .exits(4)
                    .says("refused the login");
            assertThat(server.passwords()).singleElement().asString().contains("AKIAROLE");
            assertThat(asked).hasValue(1);
        } finally {
            System.clearProperty(setting);
            role.stop(0);
        }
    }

    @Test
    void a_token_is_not_sent_in_the_clear() throws Exception {
        Program.run(environment(1).with("DATABASE_SSLMODE", "prefer"), "status")
                .exits(2)
                .untouched()
                .says("DATABASE_AUTH=iam needs TLS");
    }
}
