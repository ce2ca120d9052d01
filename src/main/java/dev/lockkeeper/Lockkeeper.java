package dev.lockkeeper;

import dev.lockkeeper.cli.Invocation;
import dev.lockkeeper.model.ExitCode;
import dev.lockkeeper.run.Stop;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Arguments and environment in, an exit code out; nothing else reads the environment, the properties or the streams. */
public final class Lockkeeper {
    private static final Duration LONGEST_ENDING = Duration.ofSeconds(9);

    private Lockkeeper() {}

    /** Runs the program and exits with the code of its outcome. */
    public static void main(String[] arguments) {
        try {
            run(arguments);
        } catch (NoClassDefFoundError e) {
            // The classes that would report this are missing too.
            System.err.println("Lockkeeper's libraries are missing (" + e.getMessage()
                    + "): the folder lib/ must be next to lockkeeper.jar, as target/lib/ does after mvn package.");
            Runtime.getRuntime().halt(ExitCode.DEFECT.number());
        } catch (RuntimeException | Error e) {
            System.err.println("Lockkeeper itself failed: " + e);
            Runtime.getRuntime().halt(ExitCode.DEFECT.number());
        }
    }

    private static void run(String... arguments) {
        Stop stop = new Stop();
        // Threads of libraries too.
        Thread.setDefaultUncaughtExceptionHandler(stop::died);
        Thread hook = new Thread(() -> endOnSignal(stop), "signal");
        Runtime.getRuntime().addShutdownHook(hook);
        int code = new Invocation(version(), environment(), standardOutput(), terminal(), stop).run(arguments);
        if (removed(hook)) {
            System.exit(code);
        }
        // A signal arrived: the shutdown hook halts the process, and System.exit would wait for that hook for ever.
        while (true) {
            sleep();
        }
    }

    /**
     * The environment variables, and the system properties that hold settings of Liquibase. If both give a setting, the
     * property wins, as it does in Liquibase: its name is exactly the one that Liquibase looks up.
     */
    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("liquibase"))
                .forEach(name -> environment.put(name, System.getProperty(name)));
        return environment;
    }

    /** Always in UTF-8: a container has no locale, and JSON is UTF-8. */
    private static PrintStream standardOutput() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    }

    private static void endOnSignal(Stop stop) {
        int code = ExitCode.STOPPED.number();
        try {
            stop.request(Stop.Reason.SIGNAL);
            code = stop.ending().await(LONGEST_ENDING).orElse(code);
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }

    private static boolean removed(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(LONGEST_ENDING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Since JDK 22, there may be a console without a terminal; the console then says so itself. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean terminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    private static String version() {
        String version = Lockkeeper.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
