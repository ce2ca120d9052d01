package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change set file of 100 MB, in the heap of a task with 512 MB. */
@Tag("anywhere")
class LargeFileIT {
    private static final long SIZE = 100_000_000;

    @TempDir
    private Path folder;

    @Test
    void it_is_refused_with_its_size_and_what_would_be_needed_rather_than_running_out_of_memory() throws Exception {
        ChangelogFolder changelog = new ChangelogFolder(folder).changeSet("1", "SELECT 1;");
        grow(folder.resolve("root.sql"));
        Path log = folder.resolve("run.log");
        Process process = Program.start(changelog.in(Environment.of()), log, List.of("-Xmx384m"), "validate");
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        new Finished(process.exitValue(), Files.readString(log))
                .exits(2)
                .untouched()
                .says("root.sql", "95 MiB", "memory");
    }

    private static void grow(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(SIZE);
        }
    }
}
