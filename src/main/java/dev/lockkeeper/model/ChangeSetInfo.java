package dev.lockkeeper.model;

import java.util.List;

/**
 * What is known of a change set of the changelog before it runs.
 *
 * @param transactional false where the change set says {@code runInTransaction:false}
 * @param tag the tag this change set sets by {@code tagDatabase}, or empty
 * @param indexes the indexes it creates outside a transaction by itself (CREATE INDEX, {@code createIndex})
 * @param resumable true where a run may begin it again without knowing how far it got: it is transactional, or made of
 *     nothing but indexes, or batched
 * @param options what it asks for in its comment
 */
public record ChangeSetInfo(
        ChangeSetId id,
        boolean transactional,
        List<String> tag,
        List<IndexName> indexes,
        boolean resumable,
        ChangeSetOptions options) {
    public ChangeSetInfo {
        tag = List.copyOf(tag);
        indexes = List.copyOf(indexes);
    }
}
