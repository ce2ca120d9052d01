package dev.lockkeeper.report;

import dev.lockkeeper.model.event.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The whole result as one JSON object in a file. */
public final class ResultFile {
    private ResultFile() {}

    /** Writes the file, with whole lists and secrets taken out. */
    public static void write(Path file, RunResult result, Redactor redactor) throws IOException {
        Files.writeString(file, JsonLine.whole(ResultFields.of(result).map(), redactor) + "\n");
    }
}
