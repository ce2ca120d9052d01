package dev.lockkeeper.run.migration;

import dev.lockkeeper.changelog.failure.ChangeSetFailure;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.FailedChangeSet;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.NotApplied;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.model.event.ChangeSetEvent;
import dev.lockkeeper.run.Backoff;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.watch.Watch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides whether and when a change set that was rolled back because somebody was in the way runs again. */
final class LockRetries {
    private final Run run;
    private final Watch watch;
    private @Nullable ChangeSetId changeSet;
    private int failed;

    LockRetries(Run run, Watch watch) {
        this.run = run;
        this.watch = watch;
    }

    /**
     * Returns after a pause if another attempt makes sense.
     *
     * @throws ChangeSetFailure the given one, if it has another reason or a stop is requested
     * @throws Failure if no attempt is left
     */
    void await(ChangeSetFailure failure) throws ChangeSetFailure, Failure {
        FailedChangeSet what = failure.failed();
        int attempts = 1
                + what.changeSet()
                        .options()
                        .retries()
                        .orElse(run.settings().limits().lockRetries());
        if (what.kind() == FailedChangeSet.Kind.UNRECORDED && !run.stop().requested()) {
            throw locked(what, attempts, failure);
        }
        if (!what.changeSet().atomic()
                || !SqlStates.inTheWay(what.sqlState())
                || run.stop().requested()) {
            throw failure;
        }
        count(what.changeSet().id());
        if (failed >= attempts) {
            throw locked(what, attempts, failure);
        }
        Duration pause = Backoff.pause(failed);
        run.tally().retried();
        run.events().accept(new ChangeSetEvent.Retried(what, failed, attempts, pause, watch.lastBlockers()));
        run.stop().pause(pause);
        if (run.stop().requested()) {
            throw failure;
        }
    }

    private Failure locked(FailedChangeSet what, int attempts, ChangeSetFailure failure) {
        run.events()
                .accept(new ChangeSetEvent.Failed(
                        what, run.tally().place(), run.underway().elapsed()));
        return new Failure(
                new NotApplied.TableLocked(
                        what,
                        attempts,
                        watch.lastBlockers(),
                        !run.tally().applied().isEmpty()),
                failure);
    }

    private void count(ChangeSetId failing) {
        if (!failing.equals(changeSet)) {
            changeSet = failing;
            failed = 0;
        }
        failed++;
    }
}
