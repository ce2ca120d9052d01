package dev.lockkeeper.model;

import java.util.Optional;

/** What an interruption leaves, by the kind of change set it hit. */
final class Interrupted {
    private Interrupted() {}

    /** The end of a sentence that began with the cause. */
    static String sentence(Optional<ChangeSetInfo> under) {
        if (under.isEmpty()) {
            return "; no change set was under way.";
        }
        ChangeSetInfo changeSet = under.get();
        if (changeSet.transactional()) {
            return " during " + changeSet.id() + ", which was rolled back.";
        }
        return " during " + changeSet.id() + ", which doesn't run in a transaction: what it had done stays, and isn't"
                + " recorded" + leftovers(changeSet) + ".";
    }

    private static String leftovers(ChangeSetInfo changeSet) {
        if (changeSet.indexes().isEmpty()) {
            return "";
        }
        return " (perhaps an INVALID index "
                + String.join(
                        ", ", changeSet.indexes().stream().map(IndexName::name).toList())
                + ")";
    }
}
