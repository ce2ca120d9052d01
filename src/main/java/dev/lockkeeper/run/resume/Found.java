package dev.lockkeeper.run.resume;

import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.run.Run;
import java.util.Optional;

/** Tells what a change set's statement found when it was taken up. */
record Found(Run run, ChangeSetInfo changeSet) {

    /** The end state exists: nothing remains to be executed. */
    Optional<String> done(String what) {
        run.warn(what + ": " + changeSet.id() + " is recorded, and its statement isn't executed.");
        return Optional.empty();
    }
}
