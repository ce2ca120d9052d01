package dev.lockkeeper.changelog.parse;

import dev.lockkeeper.changelog.ChangeSets;
import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.ChangelogFiles;
import dev.lockkeeper.changelog.source.ChangeFile;
import dev.lockkeeper.model.ChangeSetId;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import liquibase.change.core.LoadDataChange;
import liquibase.changelog.ChangeSet;
import liquibase.resource.Resource;

/** The CSV files of {@code loadData}. Liquibase keeps all their rows in memory, and the statements that it makes of them. */
public final class DataFiles {
    /** What Liquibase makes of one value (a configuration, its text, its place in a statement), as was seen. */
    private static final long HEAP_PER_VALUE = 500;

    private static final long HEAP_PER_BYTE = 6;
    private static final long MIB = 1 << 20;
    private static final int BUFFER = 1 << 16;

    private DataFiles() {}

    /**
     * Finds those that can't be loaded with the memory there is.
     *
     * @param chosen the change sets that are about to run
     * @return a sentence for each
     */
    public static List<String> tooLarge(Changelog changelog, Set<ChangeSetId> chosen) {
        List<String> sentences = new ArrayList<>();
        for (ChangeSet changeSet : changelog.parsed().getChangeSets()) {
            if (chosen.contains(ChangeSets.id(changeSet))) {
                changeSet.getChanges().stream()
                        .filter(LoadDataChange.class::isInstance)
                        .map(LoadDataChange.class::cast)
                        .forEach(change -> add(sentences, changelog, changeSet, change));
            }
        }
        return sentences;
    }

    private static void add(List<String> sentences, Changelog changelog, ChangeSet changeSet, LoadDataChange change) {
        long heap = Runtime.getRuntime().maxMemory();
        try {
            long needed = needed(change, changelog.files());
            if (needed > heap) {
                sentences.add(
                        ChangeSets.id(changeSet) + " loads " + change.getFile() + ", for which Liquibase needs about "
                                + needed / MIB + " MiB of memory, and there are " + heap / MIB
                                + " MiB: give the task more memory, or split the file into several change sets");
            }
        } catch (Exception e) {
            // A file that is missing or can't be read is reported when it is loaded, with its change set.
            return;
        }
    }

    private static long needed(LoadDataChange change, ChangelogFiles files) throws IOException {
        Resource resource = ChangeFile.of(change).orElseThrow().in(files);
        char separator = change.getSeparator() == null || change.getSeparator().isEmpty()
                ? ','
                : change.getSeparator().charAt(0);
        try (InputStream stream = resource.openInputStream()) {
            return needed(stream, separator);
        }
    }

    /** Each separator and each line's end is the end of a value; those in quotes are counted too. */
    private static long needed(InputStream stream, char separator) throws IOException {
        long values = 0;
        long size = 0;
        byte[] buffer = new byte[BUFFER];
        for (int read = stream.read(buffer); read > 0; read = stream.read(buffer)) {
            size += read;
            for (int i = 0; i < read; i++) {
                values += buffer[i] == '\n' || buffer[i] == separator ? 1 : 0;
            }
        }
        return values * HEAP_PER_VALUE + size * HEAP_PER_BYTE;
    }
}
