package dev.lockkeeper.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The image named by {@code -Dimage=…}, run by the Docker engine that answers. */
@Tag("image")
class ImageIT extends DatabaseCase {
    private static final int MANY = 5_000;

    private Finished container(List<String> options, String... arguments) throws Exception {
        return Docker.run(folder, database.environment(), options, arguments);
    }

    /** The test's changelog in the image's place. */
    private List<String> mounted() {
        return List.of("--volume", changelog.folder() + ":/changelog:ro", "--env", "LOCKKEEPER_CHANGELOG=root.sql");
    }

    @Test
    void the_baked_in_changelog_is_applied_and_then_there_is_nothing_to_do() throws Exception {
        Finished first = container(List.of()).exits(0);
        assertThat(first.result().get("appliedCount").getAsInt()).isEqualTo(16);
        assertThat(first.output().lines()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        container(List.of(), "status", "--check").exits(0).untouched();
        container(List.of()).exits(0).untouched();
    }

    @Test
    void every_way_to_end_has_its_exit_code() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);").changeSet("2", "SELECT 1 / 0;");
        container(mounted()).exits(1).says("22012");
        container(mounted(), "status", "--check").exits(10);
        container(List.of(), "migrate", "--no-such-option").exits(2);
        container(List.of("--env", "DATABASE_PORT=1", "--env", "LOCKKEEPER_CONNECT_WAIT=0s"))
                .exits(4);
        database.execute("CREATE TABLE databasechangeloglock (id int, locked boolean, lockgranted timestamp,"
                + " lockedby varchar(255)); INSERT INTO databasechangeloglock VALUES (1, true, now(), 'other')");
        container(mounted(), "migrate", "--wait", "1s").exits(5);
    }

    @Test
    void letters_beyond_ascii_are_whole_in_output_and_file_names() throws Exception {
        changelog.file("root.yaml", """
                        databaseChangeLog:
                          - include: {file: größe.sql}
                        """).file("größe.sql", """
                        --liquibase formatted sql
                        --changeset team:1 splitStatements:false
                        DO $$ BEGIN RAISE NOTICE 'Größe – 尺寸'; END $$;
                        """);
        Finished run = container(List.of(
                        "--volume", changelog.folder() + ":/changelog:ro", "--env", "LOCKKEEPER_CHANGELOG=root.yaml"))
                .exits(0);
        assertThat(run.output()).contains("Größe – 尺寸");
    }

    @Test
    void docker_stop_ends_it_with_143() throws Exception {
        changelog.changeSet("1", "SELECT pg_sleep(300);");
        String id = Docker.start(database.environment(), mounted());
        try {
            database.awaitStatement("pg_sleep(300)");
            Docker.docker(List.of("docker", "stop", "--time", "20", id));
            assertThat(Docker.docker(List.of("docker", "inspect", "--format", "{{.State.ExitCode}}", id)))
                    .isEqualTo("143");
            assertThat(Docker.docker(List.of("docker", "logs", id))).contains("\"outcome\":\"stopped\"");
        } finally {
            Docker.docker(List.of("docker", "rm", "--force", id));
        }
    }

    @Test
    void it_is_hardened_and_says_what_it_is() throws Exception {
        assertThatThrownBy(() -> Docker.docker(
                        List.of("docker", "run", "--rm", "--entrypoint", "/bin/sh", Docker.IMAGE, "-c", "true")))
                .hasMessageContaining("/bin/sh");
        String config = Docker.docker(List.of("docker", "inspect", "--format", "{{json .Config}}", Docker.IMAGE));
        assertThat(config)
                .contains("\"User\":\"65532:65532\"", "\"Entrypoint\":[\"", "@/app/java.args\"]")
                .contains("org.opencontainers.image.licenses\":\"Apache-2.0\"")
                .contains(
                        "org.opencontainers.image.source",
                        "org.opencontainers.image.revision",
                        "org.opencontainers.image.version");
    }

    @Test
    void it_lists_what_it_holds_and_under_which_licences() throws Exception {
        String id = Docker.docker(List.of("docker", "create", Docker.IMAGE));
        try {
            Docker.docker(
                    List.of("docker", "cp", id + ":/app", folder.resolve("app").toString()));
            String jars = Docker.docker(List.of("ls", folder.resolve("app/libs").toString()));
            String sbom = Files.readString(folder.resolve("app/sbom.json"));
            String licences = Files.readString(folder.resolve("app/THIRD-PARTY.txt"));
            assertThat(jars.lines()).hasSizeGreaterThan(30).allSatisfy(jar -> {
                String name = jar.replaceFirst("-\\d.*", "");
                assertThat(sbom).contains("\"name\" : \"" + name + "\"");
                assertThat(licences).contains(":" + name + ":");
            });
        } finally {
            Docker.docker(List.of("docker", "rm", id));
        }
    }

    @Test
    void an_image_of_ones_own_brings_its_changelog() throws Exception {
        changelog.changeSet("1", "CREATE TABLE mine (x int);");
        Path context = changelog.folder().getParent();
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM " + Docker.IMAGE + "\nCOPY changelog /changelog\nENV LOCKKEEPER_CHANGELOG=root.sql\n");
        String own = "lockkeeper-own-" + ProcessHandle.current().pid();
        Docker.docker(List.of("docker", "build", "--quiet", "--tag", own, context.toString()));
        try {
            Docker.run(own, folder, database.environment(), List.of()).exits(0);
            assertThat(database.rows("SELECT 1 FROM mine")).isEmpty();
        } finally {
            Docker.docker(List.of("docker", "rmi", own));
        }
    }

    @Test
    void a_jar_of_extensions_is_on_the_class_path() throws Exception {
        Path extensions = Files.createDirectories(folder.resolve("extensions"));
        ExtensionJar.write(extensions.resolve("ours.jar"), folder);
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - changeSet: {id: 1, author: team, changes: [{customChange: {class: ours.CreateExtra}}]}
                """);
        Docker.run(
                        folder,
                        database.environment(),
                        List.of(
                                "--volume",
                                changelog.folder() + ":/changelog:ro",
                                "--volume",
                                extensions + ":/extensions:ro",
                                "--env",
                                "LOCKKEEPER_CHANGELOG=root.yaml"))
                .exits(0);
        assertThat(database.rows("SELECT 1 FROM extra")).isEmpty();
    }

    @Test
    void five_thousand_change_sets_fit_into_256_megabytes() throws Exception {
        StringBuilder all = new StringBuilder("--liquibase formatted sql\n");
        for (int i = 0; i < MANY; i++) {
            all.append("--changeset team:")
                    .append(i)
                    .append("\nSELECT ")
                    .append(i)
                    .append(";\n");
        }
        changelog.file("root.sql", all.toString());
        List<String> options = new java.util.ArrayList<>(mounted());
        options.addAll(List.of("--memory", "256m", "--memory-swap", "256m"));
        assertThat(container(options).exits(0).result().get("appliedCount").getAsInt())
                .isEqualTo(MANY);
        container(options).exits(0).untouched();
    }

    @Test
    void the_cache_belongs_to_what_is_next_to_it_and_nothing_else() throws Exception {
        String id = Docker.docker(List.of("docker", "create", Docker.IMAGE));
        try {
            Stage image = new Stage(Files.createDirectories(folder.resolve("image")));
            Docker.docker(List.of("docker", "cp", id + ":/app", image.app().toString()));
            if (!Files.exists(image.cache())) {
                // The plain image has none, and must not start as if it had.
                assertThat(Files.readString(image.app().resolve("java.args"))).doesNotContain("AOTCache");
                return;
            }
            Files.createDirectories(image.runtime().getParent());
            Docker.docker(
                    List.of("docker", "cp", id + ":/opt/java", image.runtime().toString()));
            assertThat(Hashes.differences(image)).isEmpty();
            Path jar = image.app().resolve("classpath/lockkeeper.jar");
            Files.write(jar, new byte[] {0}, StandardOpenOption.APPEND);
            Files.copy(jar, image.app().resolve("libs/another.jar"));
            assertThat(Hashes.differences(image))
                    .containsExactlyInAnyOrder(
                            "/app/classpath/lockkeeper.jar isn't what the AOT cache was made with",
                            "/app/libs/another.jar wasn't there when the AOT cache was made");
        } finally {
            Docker.docker(List.of("docker", "rm", id));
        }
    }

    @Test
    void it_needs_no_network_but_the_database() throws Exception {
        String name = "lockkeeper-alone-" + ProcessHandle.current().pid();
        String postgres = System.getProperty("postgres.image", "lockkeeper-test-postgres:ci");
        Docker.docker(List.of("docker", "network", "create", "--internal", name));
        try {
            Docker.docker(List.of(
                    "docker",
                    "run",
                    "--detach",
                    "--name",
                    name,
                    "--network",
                    name,
                    "--env",
                    "POSTGRES_USER=app",
                    "--env",
                    "POSTGRES_PASSWORD=s3cr:t",
                    "--env",
                    "POSTGRES_DB=app",
                    postgres));
            Environment alone = new Environment(java.util.Map.of(
                    "DATABASE_URL", "postgresql://app:s3cr:t@" + name + "/postgres", "LOCKKEEPER_LOG_FORMAT", "json"));
            Docker.run(folder, alone, List.of("--network", name)).exits(0);
        } finally {
            Docker.docker(List.of("docker", "rm", "--force", name));
            Docker.docker(List.of("docker", "network", "rm", name));
        }
    }
}
