package dev.lockkeeper.model;

import java.util.List;

/**
 * What is known of a change set of the changelog before it runs.
 *
 * @param transactional false where the change set says {@code runInTransaction:false}
 * @param tag the tag this change set sets by {@code tagDatabase}, or empty
 * @param indexes the indexes it creates by itself (CREATE INDEX, {@code createIndex})
 */
public record ChangeSetInfo(ChangeSetId id, boolean transactional, List<String> tag, List<IndexName> indexes) {
    public ChangeSetInfo {
        tag = List.copyOf(tag);
        indexes = List.copyOf(indexes);
    }
}
