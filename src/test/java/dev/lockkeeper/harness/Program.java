package dev.lockkeeper.harness;

import dev.lockkeeper.cli.Invocation;
import dev.lockkeeper.run.Stop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs the program through its front door: in this process, or as a process of its own. */
public final class Program {
    private static final Path JAR = Path.of("target", "lockkeeper.jar");

    private Program() {}

    /** Runs it in this thread, to its end. */
    public static Finished run(Environment environment, String... arguments) {
        return run(new ByteArrayOutputStream(), environment, arguments);
    }

    /** Runs it in a thread of its own, so that the test can wait for its events and do something meanwhile. */
    public static Running begin(Environment environment, String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return new Running(
                () -> bytes.toString(StandardCharsets.UTF_8),
                Background.start(() -> run(bytes, environment, arguments)));
    }

    private static Finished run(ByteArrayOutputStream bytes, Environment environment, String... arguments) {
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

    /** Waits until a process has written so many events of that name to its log, or has ended. */
    public static void awaitEvents(Process process, Path log, String name, int times) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (process.isAlive() && count(Files.readString(log), name) < times) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no " + times + " " + name + ":\n" + Files.readString(log));
            }
            // Shorter than any change set, so that a test can interrupt at any point.
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** How many events of that name an output of JSON lines has. */
    static int count(String output, String name) {
        return output.split(Pattern.quote("\"event\":\"" + name + "\""), -1).length - 1;
    }
}
