package dev.lockkeeper.model;

import java.time.LocalDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of Liquibase's DATABASECHANGELOG.
 *
 * @param file FILENAME as stored, {@code classpath:} prefix and all
 * @param checksum MD5SUM, null if it was cleared
 * @param execType EXECUTED, RERAN, MARK_RAN, …
 */
public record HistoryRow(
        @Nullable String file,
        @Nullable String id,
        @Nullable String author,
        @Nullable String checksum,
        @Nullable LocalDateTime executedAt,
        int order,
        String execType,
        @Nullable String tag) {

    /** Liquibase's ChangeSet.ExecType. */
    private static final Set<String> EXEC_TYPES = Set.of("EXECUTED", "FAILED", "SKIPPED", "RERAN", "MARK_RAN");

    /** The change set this row records, with its file as stored. */
    public ChangeSetId changeSet() {
        return new ChangeSetId(String.valueOf(file), String.valueOf(id), String.valueOf(author));
    }

    /** Whether Liquibase could have written it: it has file, id and author, and a known EXECTYPE. */
    public boolean readable() {
        return file != null && id != null && author != null && EXEC_TYPES.contains(execType);
    }

    /** Whether Liquibase wrote the row for itself, such as the one that carries a tag on an empty history. */
    public boolean internal() {
        return "liquibase-internal".equals(file);
    }
}
