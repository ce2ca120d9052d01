package dev.lockkeeper.settings;

import dev.lockkeeper.model.event.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How a run reports.
 *
 * @param terminal true if a person watches
 * @param output file that gets the result as one JSON object
 */
public record ReportSettings(
        Format format,
        Event.Level level,
        String metricsNamespace,
        Optional<Path> output,
        boolean terminal,
        boolean colour) {

    /** The log's form. */
    public enum Format {
        TEXT,
        JSON
    }

    /**
     * Reads what it can even if other settings are wrong, so that the error itself is reported in the right form.
     *
     * @param terminal true if a person watches
     */
    public static ReportSettings from(
            Map<String, String> environment, Map<Setting, String> arguments, boolean terminal, Problems problems) {
        Values values = new Values(environment, arguments, problems);
        boolean colour = terminal && environment.get("NO_COLOR") == null;
        return new ReportSettings(
                values.choice(Variable.LOCKKEEPER_LOG_FORMAT, Format.class, terminal ? Format.TEXT : Format.JSON),
                values.choice(Variable.LOCKKEEPER_LOG_LEVEL, Event.Level.class, Event.Level.INFO),
                values.text(Variable.LOCKKEEPER_METRICS_NAMESPACE).orElse("Lockkeeper"),
                values.parsed(Variable.LOCKKEEPER_OUTPUT, ReportSettings::writable),
                terminal,
                colour);
    }

    /** Checked before the work, not after it. */
    private static Path writable(String text) {
        Path file = Path.of(text).toAbsolutePath();
        Path folder = file.getParent();
        if (folder == null || Files.isDirectory(file) || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("\"" + text + "\" isn't a file in a folder that exists");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new IllegalArgumentException("\"" + text + "\" can't be written");
        }
        return file;
    }
}
