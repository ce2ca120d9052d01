package dev.lockkeeper;

import dev.lockkeeper.cli.Invocation;
import dev.lockkeeper.run.Stop;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code mvn -Ptry}: migrates the sample changelog into an embedded PostgreSQL that keeps its data under target/. */
public final class Try {
    private static final Path DATA = Path.of("target", "try", "data");

    private Try() {}

    public static void main(String[] arguments) throws IOException {
        Files.createDirectories(DATA.getParent());
        int code;
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(DATA.toFile())
                .setCleanDataDirectory(false)
                .start()) {
            Map<String, String> environment = Map.of(
                    "DATABASE_URL",
                    "postgresql://postgres:nothing-to-hide@127.0.0.1:" + server.getPort() + "/postgres",
                    "LOCKKEEPER_CHANGELOG",
                    "changelog/changelog-root.yaml",
                    "LOCKKEEPER_LOG_FORMAT",
                    "text");
            code = new Invocation("try", environment, System.out, false, new Stop()).run(arguments);
        }
        if (code != 0) {
            // The report has said everything; Maven's own account of a failure would bury it.
            System.exit(code);
        }
    }
}
