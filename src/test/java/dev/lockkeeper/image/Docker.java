package dev.lockkeeper.image;

import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the image under test the way a careful task definition does: nothing writable, no capabilities. */
final class Docker {
    /** Named by {@code -Dimage=…}; there is no default, so that a test can't pass on yesterday's image. */
    static final String IMAGE = System.getProperty("image", "");

    private static final List<String> HARDENED =
            List.of("--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges");

    private Docker() {}

    /**
     * Runs a container to its end. Standard error must stay empty: there the JVM would say that its cache is unusable.
     */
    static Finished run(Path folder, Environment environment, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        return run(IMAGE, folder, environment, options, arguments);
    }

    static Finished run(String image, Path folder, Environment environment, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "run", "--rm"));
        command.addAll(HARDENED);
        command.addAll(options(environment, options));
        command.add(image);
        command.addAll(List.of(arguments));
        Path errors = folder.resolve("stderr");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        String said = Files.readString(errors);
        if (!said.isEmpty()) {
            throw new AssertionError(String.join(" ", command) + " said on standard error:\n" + said);
        }
        return new Finished(code, output);
    }

    /** Starts a container and returns its id. */
    static String start(Environment environment, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "run", "--detach"));
        command.addAll(HARDENED);
        command.addAll(options(environment, options));
        command.add(IMAGE);
        command.addAll(List.of(arguments));
        return docker(command);
    }

    /** The tests' server listens on the host's loopback; a test that wants another network names it. */
    private static List<String> options(Environment environment, List<String> more) {
        List<String> options = new ArrayList<>();
        environment.variables().forEach((name, value) -> options.addAll(List.of("--env", name + "=" + value)));
        options.addAll(more);
        if (!more.contains("--network")) {
            options.addAll(List.of("--network", "host"));
        }
        return options;
    }

    /** Any docker command's output. */
    static String docker(List<String> command) throws IOException, InterruptedException {
        return Processes.run(Map.of("DOCKER_BUILDKIT", "0"), command).strip();
    }
}
