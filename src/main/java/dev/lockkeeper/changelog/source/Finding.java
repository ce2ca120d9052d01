package dev.lockkeeper.changelog.source;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Unread;
import dev.lockkeeper.model.Unread.Weight;
import java.util.Optional;

/** What is wrong with a piece of text, before it is known where that is. */
record Finding(Weight weight, boolean chooses, String what, Optional<String> meant) {

    static Finding lost(String what) {
        return new Finding(Weight.LOST, false, what, Optional.empty());
    }

    static Finding lost(String what, String meant) {
        return new Finding(Weight.LOST, false, what, Optional.of(meant));
    }

    static Finding doubtful(String what) {
        return new Finding(Weight.DOUBTFUL, false, what, Optional.empty());
    }

    /** The same, in what decides whether a change set runs. */
    Finding choosing(boolean chooses) {
        return new Finding(weight, chooses, what, meant);
    }

    /** The same as a warning. */
    Finding doubted() {
        return new Finding(Weight.DOUBTFUL, chooses, what, meant);
    }

    Unread at(String file, int line, Optional<ChangeSetId> changeSet) {
        return new Unread(file, line, changeSet, weight, chooses, what, meant);
    }
}
