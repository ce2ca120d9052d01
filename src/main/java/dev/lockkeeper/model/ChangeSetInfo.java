package dev.lockkeeper.model;

import java.util.List;

/**
 * What is known of a change set of the changelog before it runs.
 *
 * @param transactional false if the change set says {@code runInTransaction:false}
 * @param tags the tags it sets by {@code tagDatabase}
 * @param indexes the indexes it creates outside a transaction, by CREATE INDEX or {@code createIndex}
 * @param drops the indexes it drops
 * @param traits what follows from its text
 * @param options what it asks for in its comment
 * @param name what a log calls it: as short as possible but different from every other of its changelog
 */
public record ChangeSetInfo(
        ChangeSetId id,
        boolean transactional,
        List<String> tags,
        List<QualifiedName> indexes,
        List<QualifiedName> drops,
        Traits traits,
        ChangeSetOptions options,
        String name) {

    /**
     * What follows from a change set's text.
     *
     * @param atomic true if it is transactional and none of its statements commits by itself
     * @param resumable true if a run may begin it again without knowing how far it got: it is atomic, or made of
     *     nothing but indexes, or batched
     * @param altersSession true if it may change the session's settings, role or locks
     */
    public record Traits(boolean atomic, boolean resumable, boolean altersSession) {
        /** Those of a change set that does nothing unusual. */
        public static final Traits PLAIN = new Traits(true, true, false);
    }

    public ChangeSetInfo {
        tags = List.copyOf(tags);
        indexes = List.copyOf(indexes);
        drops = List.copyOf(drops);
    }

    /** A change set that a log calls by its {@link ChangeSetId#shortName}. */
    public ChangeSetInfo(
            ChangeSetId id,
            boolean transactional,
            List<String> tags,
            List<QualifiedName> indexes,
            List<QualifiedName> drops,
            Traits traits,
            ChangeSetOptions options) {
        this(id, transactional, tags, indexes, drops, traits, options, id.shortName());
    }

    /** The same under another name. */
    public ChangeSetInfo named(String other) {
        return new ChangeSetInfo(id, transactional, tags, indexes, drops, traits, options, other);
    }

    /** Whether it is committed together with its history row, or not at all. */
    public boolean atomic() {
        return traits.atomic();
    }

    /** Whether a run may begin it again without knowing how far it got. */
    public boolean resumable() {
        return traits.resumable();
    }
}
