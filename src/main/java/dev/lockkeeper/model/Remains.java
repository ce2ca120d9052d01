package dev.lockkeeper.model;

import java.util.Optional;

/** What a change set leaves in the database when it is interrupted. */
public final class Remains {
    private Remains() {}

    /**
     * The end of a sentence that began with the cause.
     *
     * @param under the change set under way, if there was one
     * @param unheard true if the connection was lost: then a commit may have succeeded without our knowing
     */
    public static String sentence(Optional<ChangeSetInfo> under, boolean unheard) {
        if (under.isEmpty()) {
            return "; no change set was under way.";
        }
        ChangeSetInfo changeSet = under.get();
        String during = " during " + changeSet.id();
        if (changeSet.atomic()) {
            return during
                    + (unheard
                            ? ": it was rolled back, unless its commit had just landed; the history says which."
                            : ", which was rolled back.");
        }
        return during
                + (changeSet.transactional()
                        ? ", which commits by itself: what it did before that stays, and isn't recorded."
                        : ", which doesn't run in a transaction. " + of(changeSet));
    }

    /** What a change set outside a transaction leaves. */
    static String of(ChangeSetInfo changeSet) {
        if (changeSet.options().batched()) {
            return "The batches that it committed stay.";
        }
        if (!changeSet.indexes().isEmpty() && changeSet.resumable()) {
            return "It may have left an INVALID index ("
                    + String.join(
                            ", ",
                            changeSet.indexes().stream()
                                    .map(QualifiedName::name)
                                    .toList())
                    + ").";
        }
        return "What it had done stays, and isn't recorded.";
    }
}
