package dev.lockkeeper.model;

import java.util.Optional;

/** What an interruption leaves, by the kind of change set it hit. */
final class Interrupted {
    private Interrupted() {}

    private static String sentence(Optional<ChangeSetInfo> under) {
        if (under.isEmpty()) {
            return "; no change set was under way.";
        }
        ChangeSetInfo changeSet = under.get();
        if (changeSet.atomic()) {
            return " during " + changeSet.id() + ", which was rolled back.";
        }
        if (changeSet.transactional()) {
            return " during " + changeSet.id()
                    + ", which commits by itself: what it did before that stays, and isn't recorded.";
        }
        return " during " + changeSet.id() + ", which doesn't run in a transaction. " + left(changeSet);
    }

    /**
     * The end of a sentence that began with the cause.
     *
     * @param unheard true where the connection was lost: then even a commit may have landed without our hearing of it
     */
    static String sentence(Optional<ChangeSetInfo> under, boolean unheard) {
        return under.filter(changeSet -> unheard && changeSet.atomic())
                .map(changeSet -> " during " + changeSet.id()
                        + ": it was rolled back, unless its commit had just landed;" + " the history says which.")
                .orElseGet(() -> sentence(under));
    }

    /** What to do after the run ended before its time. */
    static String whatNow(Optional<ChangeSetInfo> under) {
        return under.filter(changeSet -> !changeSet.resumable()).isPresent()
                ? "Look at what it left, mend that, and run migrate again, which begins this change set anew."
                : "Run migrate again: it reads the history and goes on where that ends.";
    }

    /** What a change set outside a transaction leaves when it is cut short, and who mends that. */
    static String left(ChangeSetInfo changeSet) {
        if (changeSet.options().batched()) {
            return "The batches done stay; the next migrate goes on with the rest.";
        }
        if (!changeSet.indexes().isEmpty() && changeSet.resumable()) {
            return "It may have left an INVALID index ("
                    + String.join(
                            ", ",
                            changeSet.indexes().stream().map(IndexName::name).toList())
                    + "); the next migrate drops and rebuilds it.";
        }
        return "What it had done stays, and isn't recorded: look at it before the next migrate, which runs it again"
                + " from its beginning.";
    }
}
