package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.time.Stopwatch;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import liquibase.Scope;
import liquibase.changelog.ChangeSet;
import org.jspecify.annotations.Nullable;

/** One change set under way: created when it begins, discarded when it has ended. Used by the main thread alone. */
public final class ChangeSetRun {
    private final ChangeSet changeSet;
    private final ChangeSetInfo info;
    private final CommitPolicy policy;
    private final Stopwatch stopwatch = Stopwatch.started();
    private final long rowsBefore = rows();
    private @Nullable String skipReason;
    private @Nullable String remark;
    private @Nullable SQLException failure;

    ChangeSetRun(ChangeSet changeSet, ChangeSetInfo info) {
        this.changeSet = changeSet;
        this.info = info;
        this.policy = CommitPolicy.of(changeSet.isRunInTransaction(), Boolean.FALSE.equals(changeSet.getFailOnError()));
    }

    /** What is known of the change set from its text. */
    public ChangeSetInfo info() {
        return info;
    }

    ChangeSet changeSet() {
        return changeSet;
    }

    CommitPolicy policy() {
        return policy;
    }

    /** Remembers why Liquibase may skip this change set: it raises no event when it does. */
    void willSkip(String reason) {
        skipReason = reason;
    }

    /** Remembers that its precondition wasn't met, though it is recorded. */
    void remark(String sentence) {
        remark = sentence;
    }

    void failed(@Nullable SQLException cause) {
        failure = cause;
    }

    /** What the database said when a change of this change set failed. */
    Optional<SQLException> failure() {
        return Optional.ofNullable(failure);
    }

    End skipped() {
        return skipReason == null ? new End.NotForHere() : new End.Skipped(skipReason);
    }

    End recorded(ChangeSet.ExecType execType) {
        return new End.Recorded(execType.name(), stopwatch.elapsed(), rows() - rowsBefore, Optional.ofNullable(remark));
    }

    private static long rows() {
        AtomicInteger counter = counter();
        return counter == null ? 0 : counter.get();
    }

    /** Counts rows that a statement changed which Liquibase didn't run. */
    static void count(long rows) {
        AtomicInteger counter = counter();
        if (counter != null) {
            counter.addAndGet((int) Math.min(rows, Integer.MAX_VALUE - counter.get()));
        }
    }

    /** Where Liquibase keeps the number that its own statements add to. */
    private static @Nullable AtomicInteger counter() {
        return Scope.getCurrentScope().get("rowsAffected", AtomicInteger.class);
    }
}
