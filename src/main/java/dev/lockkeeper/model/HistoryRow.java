package dev.lockkeeper.model;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A row of Liquibase's DATABASECHANGELOG.
 *
 * @param file FILENAME as stored, {@code classpath:} prefix and all
 * @param checksum MD5SUM, null where it was cleared
 * @param execType EXECUTED, RERAN, MARK_RAN, …
 */
public record HistoryRow(
        String file,
        String id,
        String author,
        @Nullable String checksum,
        @Nullable LocalDateTime executedAt,
        int order,
        String execType,
        @Nullable String tag) {

    /** The change set this row records, with its file as stored. */
    public ChangeSetId changeSet() {
        return new ChangeSetId(file, id, author);
    }

    /** Rows that Liquibase writes for itself, such as the one that carries a tag on an empty history. */
    public boolean internal() {
        return file.equals("liquibase-internal");
    }
}
