package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.model.ChangeSetInfo;
import java.time.Duration;

/** Hears of change sets as an update goes through them. */
public interface ChangeSetListener {

    /** Before a change set's preconditions; a RuntimeException thrown here ends the update before it does anything. */
    void started(ChangeSetInfo changeSet);

    /** Before anything is decided for good; a RuntimeException thrown here rolls the change set back, unrecorded. */
    void mayGoOn();

    /** Its history row is committed. */
    void applied(ChangeSetInfo changeSet, String execType, Duration duration, long rows);

    /** It was passed over by its own setting and isn't recorded. */
    void skipped(ChangeSetInfo changeSet, String reason);
}
