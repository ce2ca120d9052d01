package dev.lockkeeper.harness;

import dev.lockkeeper.cli.Invocation;
import dev.lockkeeper.run.Stop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the program through its front door: in this process, or as a process of its own. */
public final class Program {
    private static final Path JAR = Path.of("target", "lockkeeper.jar");

    private Program() {}

    public static Finished run(Environment environment, String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = new Invocation("test", environment.variables(), out, false, new Stop()).run(arguments);
        return new Finished(code, bytes.toString(StandardCharsets.UTF_8));
    }

    /** Starts {@code java -jar target/lockkeeper.jar}; output goes to the file. */
    public static Process start(Environment environment, Path output, List<String> jvm, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto"));
        command.addAll(jvm);
        command.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LOCKKEEPER_") || name.startsWith("DATABASE_"));
        builder.environment().putAll(environment.variables());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
