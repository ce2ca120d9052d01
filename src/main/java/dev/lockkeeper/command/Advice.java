package dev.lockkeeper.command;

import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.ChangeSetOptions;
import dev.lockkeeper.model.FailedChangeSet;
import dev.lockkeeper.model.Interrupted;
import dev.lockkeeper.model.NotApplied;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.Refused;
import java.util.Optional;

/** What to do now, by how a command ended. */
final class Advice implements Outcome.Visitor<String> {
    private final String runAgain;

    private Advice(String command) {
        this.runAgain = "run " + command + " again";
    }

    /** One or more whole sentences; empty if there is nothing to do. */
    static String after(String command, Outcome outcome) {
        return outcome.accept(new Advice(command));
    }

    @Override
    public String done(Outcome.Done done) {
        return "";
    }

    @Override
    public String answered(Outcome.Answered answered) {
        return answered.whatNow();
    }

    @Override
    public String refused(Refused refused) {
        return refused.fix();
    }

    @Override
    public String changeSetFailed(NotApplied.ChangeSetFailed outcome) {
        FailedChangeSet failed = outcome.failed();
        return switch (failed.kind()) {
            case PRECONDITION ->
                "Make the precondition true in the database, or correct it in the change set, and " + runAgain + ".";
            case CANCELED ->
                "Find out who cancelled the statement (pg_cancel_backend, or a statement_timeout that the change set"
                        + " sets itself), and " + runAgain + ".";
            case STATEMENT_TIMEOUT ->
                "Raise LOCKKEEPER_STATEMENT_TIMEOUT, or split the change set into faster steps, and " + runAgain + ".";
            case OUT_OF_RESOURCES ->
                "Nothing is wrong with the change set: give the server what it lacks (storage, memory, connections) and "
                        + runAgain + ".";
            case CUT_SHORT ->
                "The statement was split at a semicolon inside its body. Say splitStatements:false on the change set (in"
                        + " YAML or XML on the sql change), with one routine in it, and " + runAgain + ".";
            case FOR_PSQL ->
                "This needs psql, which isn't in the image. Load the rows by loadData from a CSV file or by INSERT, leave"
                        + " out psql's own commands, and "
                        + runAgain + ".";
            case COMMIT_REFUSED -> commitRefused(failed.changeSet());
            case UNRECORDED -> interrupted(Optional.of(failed.changeSet()));
            case NOTHING_DONE -> corrected(failed.changeSet(), "");
            case SESSION_GONE, OTHER -> corrected(failed.changeSet(), resumed(failed.changeSet()));
        };
    }

    private String commitRefused(ChangeSetInfo changeSet) {
        return changeSet.transactional()
                ? "A procedure or DO block can't commit inside the change set's transaction: remove the COMMIT or"
                        + " ROLLBACK, or use runInTransaction:false on a change set of its own, and " + runAgain + "."
                : corrected(changeSet, "");
    }

    private String corrected(ChangeSetInfo changeSet, String resumed) {
        return changeSet.resumable()
                ? "Fix the change set (it isn't recorded, so it may be edited), or what the message names in the"
                        + " database, and " + runAgain + resumed + "."
                : "Look at what it left, remove that, fix the change set and " + runAgain + ".";
    }

    /** How a change set outside a transaction continues when it is run again. */
    private static String resumed(ChangeSetInfo changeSet) {
        if (changeSet.options().batched()) {
            return ", which continues with the remaining rows";
        }
        return changeSet.transactional() || changeSet.indexes().isEmpty()
                ? ""
                : ", which drops an INVALID index and builds it again";
    }

    @Override
    public String skipped(NotApplied.Skipped skipped) {
        return "Make the precondition true or fix the change set, and " + runAgain + ".";
    }

    @Override
    public String tableLocked(NotApplied.TableLocked locked) {
        ChangeSetInfo changeSet = locked.failed().changeSet();
        if (!changeSet.atomic() && !changeSet.resumable()) {
            return capitalized(runAgain)
                    + " when the history table is free: the change set then starts from its beginning,"
                    + " though it is done. If that does harm, undo it first.";
        }
        ChangeSetOptions own = changeSet.options();
        return "Nothing is wrong with the change set: " + runAgain
                + " when the table is less busy, end the sessions that"
                + " are in the way, or raise "
                + (own.equals(ChangeSetOptions.NONE)
                        ? "LOCKKEEPER_LOCK_RETRIES or LOCKKEEPER_LOCK_TIMEOUT."
                        : "retries or lock-timeout in the change set's comment, which override the settings.");
    }

    @Override
    public String historyLocked(Outcome.HistoryLocked locked) {
        return "When the session that holds the history table (pg_locks shows it) has ended, " + runAgain + ".";
    }

    @Override
    public String deadlinePassed(Interrupted.DeadlinePassed passed) {
        return interrupted(passed.under()) + " Raise LOCKKEEPER_DEADLINE if the change needs longer.";
    }

    @Override
    public String connectionLost(Interrupted.ConnectionLost lost) {
        return interrupted(lost.under());
    }

    @Override
    public String stopped(Interrupted.Stopped stopped) {
        return interrupted(stopped.under());
    }

    private String interrupted(Optional<ChangeSetInfo> under) {
        if (under.isEmpty()) {
            return capitalized(runAgain) + ".";
        }
        ChangeSetInfo changeSet = under.get();
        if (!changeSet.resumable()) {
            return "Look at what it left, undo that, and " + runAgain
                    + ": this change set then starts from its beginning.";
        }
        String resumed = resumed(changeSet);
        return capitalized(runAgain)
                + (resumed.isEmpty() ? ": it continues after the last recorded change set." : resumed + ".");
    }

    @Override
    public String defect(Outcome.Defect defect) {
        return "Please report this with the log of a run with LOCKKEEPER_LOG_LEVEL=debug.";
    }

    private static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }
}
