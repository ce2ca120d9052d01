package dev.lockkeeper.model.event;

import dev.lockkeeper.model.FailedChangeSet;
import dev.lockkeeper.model.NotApplied;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.SchemaState;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that a finished run reports.
 *
 * @param whatNow what to do now, empty if there is nothing to do
 * @param answer what the command found out or did, empty if it didn't get that far
 */
public record RunResult(
        String command, Outcome outcome, String whatNow, Effect effect, Took took, Optional<Answer> answer) {

    /**
     * What the run did to the database.
     *
     * @param before the schema's state before the work, empty if it wasn't read
     * @param after the state after the work, empty if it couldn't be read
     */
    public record Effect(Touched touched, Optional<SchemaState> before, Optional<SchemaState> after) {
        /** Of a run that never reached the database. */
        public static final Effect NONE = new Effect(Touched.NO, Optional.empty(), Optional.empty());
    }

    /**
     * How long the run took.
     *
     * @param lockWait the part spent waiting for another runner
     */
    public record Took(Duration whole, Duration lockWait) {
        /** Of a run that didn't begin. */
        public static final Took NOTHING = new Took(Duration.ZERO, Duration.ZERO);
    }

    /** The change set whose failure ended the run. */
    public Optional<FailedChangeSet> failed() {
        if (outcome instanceof NotApplied.ChangeSetFailed failure) {
            return Optional.of(failure.failed());
        }
        return outcome instanceof NotApplied.TableLocked locked ? Optional.of(locked.failed()) : Optional.empty();
    }
}
