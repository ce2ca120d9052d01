package dev.lockkeeper.image;

import dev.lockkeeper.harness.FakeSecretsManager;
import dev.lockkeeper.postgres.tls.TestCertificates;
import dev.lockkeeper.postgres.tls.TlsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes what the slim image has in addition to the app: a runtime of the modules needed, and an AOT cache trained on
 * the real path: TLS, Secrets Manager, every changelog format. Called by {@code mvn -Pslim package}.
 */
public final class SlimImage {
    private SlimImage() {}

    /** Takes the build folder. */
    public static void main(String[] arguments) throws Exception {
        Path build = Path.of(arguments[0]);
        Stage stage = new Stage(build.resolve("image/slim"));
        delete(stage.root());
        stage.fill(build, build.resolve("image/app/java-slim.args"));
        Runtime.link(stage.runtime(), build);
        CharacterType.copy(stage.root());
        train(stage, build);
        Hashes.write(stage);
        List<String> differences = Hashes.differences(stage);
        if (!differences.isEmpty()) {
            throw new IllegalStateException(String.join("\n", differences));
        }
        // Jib brings jar and libraries itself; what it takes from here is runtime, cache and hashes.
        delete(stage.app().resolve("classpath"));
        delete(stage.app().resolve("libs"));
        Files.copy(build.resolve("image/app/java-slim.args"), stage.app().resolve("java.args"));
    }

    private static void train(Stage stage, Path build) throws Exception {
        Path folder = Files.createTempDirectory("lockkeeper-training");
        TestCertificates certificates = TestCertificates.create(folder);
        try (TlsServer server = TlsServer.start();
                FakeSecretsManager secrets = new FakeSecretsManager()) {
            server.present(certificates.forLocalhost(), certificates.key());
            secrets.has("training", "{\"username\":\"postgres\",\"password\":\"training\"}");
            Map<String, String> environment = new java.util.HashMap<>(Map.of(
                    "DATABASE_SECRET", "training",
                    "DATABASE_HOST", "localhost",
                    "DATABASE_PORT", String.valueOf(server.port()),
                    "DATABASE_NAME", "postgres",
                    "DATABASE_SSLMODE", "verify-full",
                    "DATABASE_SSLROOTCERT", certificates.trustedRoot().toString(),
                    "LOCKKEEPER_CHANGELOG_ROOT", TrainingChangelog.write(folder).toString(),
                    "LOCKKEEPER_LOG_FORMAT", "json"));
            environment.putAll(
                    secrets.in(new dev.lockkeeper.harness.Environment(Map.of())).variables());
            List<String> command =
                    new ArrayList<>(List.of(stage.java().toString(), "-XX:AOTCacheOutput=" + stage.cache()));
            command.addAll(stage.arguments(build.resolve("image/app/java-slim.args")).stream()
                    .filter(argument -> !argument.startsWith("-XX:AOTCache="))
                    .toList());
            Processes.run(environment, command);
        } finally {
            delete(folder);
        }
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
