package dev.lockkeeper.settings;

import dev.lockkeeper.model.event.Event;
import java.io.IOException;
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
        String reason = folder == null || Files.isDirectory(file) ? "it is a folder" : obstacle(file, folder);
        if (!reason.isEmpty()) {
            throw new IllegalArgumentException("\"" + text + "\" can't be written: " + reason);
        }
        return file;
    }

    /** Why the file can't be written; empty if it can. */
    private static String obstacle(Path file, Path folder) {
        if (!Files.isDirectory(folder)) {
            return "there is no folder " + folder;
        }
        Path place = Files.exists(file) ? file : folder;
        if (Files.isWritable(place)) {
            return "";
        }
        return readOnly(place)
                ? place + " is on a read-only file system; mount a folder that can be written"
                : "the user that runs this (65532 in the image) may not write " + place;
    }

    private static boolean readOnly(Path place) {
        try {
            return Files.getFileStore(place).isReadOnly();
        } catch (IOException e) {
            return false;
        }
    }
}
