package dev.lockkeeper.changelog.apply;

import java.util.List;

/** All observers of an update, in order, and the check that may end it between two steps. */
final class Observers {
    private final List<ChangeSetObserver> all;
    private final Runnable stopCheck;

    /** @param stopCheck throws a RuntimeException if the run was asked to stop */
    Observers(List<ChangeSetObserver> all, Runnable stopCheck) {
        this.all = List.copyOf(all);
        this.stopCheck = stopCheck;
    }

    /** Called before anything is final: if this throws, the change set under way is rolled back and not recorded. */
    void checkStop() {
        stopCheck.run();
    }

    void started(ChangeSetRun run) {
        all.forEach(one -> one.started(run));
    }

    void beforeRecord(ChangeSetRun run) {
        all.forEach(one -> one.beforeRecord(run));
    }

    void ended(ChangeSetRun run, End end) {
        all.forEach(one -> one.ended(run, end));
    }
}
