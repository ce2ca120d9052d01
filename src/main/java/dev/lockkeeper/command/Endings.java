package dev.lockkeeper.command;

import dev.lockkeeper.changelog.Causes;
import dev.lockkeeper.changelog.failure.ChangeSetFailure;
import dev.lockkeeper.model.FailedChangeSet;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Interrupted;
import dev.lockkeeper.model.NotApplied;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.Remains;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.model.event.Answer;
import dev.lockkeeper.model.event.ChangeSetEvent;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.Stop;
import dev.lockkeeper.text.Elapsed;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Decides how a run ended by what its command threw. */
final class Endings {
    private final Run run;

    Endings(Run run) {
        this.run = run;
    }

    /** Work that may throw any exception. */
    interface Step {
        Outcome perform() throws Failure, ChangeSetFailure, SQLException;
    }

    /** Does the work and judges how it ended. */
    Outcome judge(Step step) {
        try {
            return step.perform();
        } catch (Exception | Error e) {
            return of(e);
        }
    }

    /**
     * The outcome. Once a stop is requested, whatever was thrown follows from it: the cancelled statement, the connection that
     * was closed, or {@link dev.lockkeeper.model.StopRequested} from between two steps.
     */
    Outcome of(Throwable thrown) {
        if (thrown instanceof Error) {
            return defect(thrown);
        }
        trace(thrown);
        Optional<Stop.Reason> stopped = run.stop().reason();
        if (stopped.isPresent()) {
            return interrupted(stopped.get());
        }
        if (thrown instanceof ChangeSetFailure failure) {
            return changeSetFailed(failure.failed());
        }
        if (thrown instanceof Failure failure) {
            return failure.outcome();
        }
        return thrown instanceof SQLException failure ? outsideChangeSets(failure) : defect(thrown);
    }

    private Outcome defect(Throwable thrown) {
        if (Causes.first(OutOfMemoryError.class, thrown).isEmpty()) {
            trace(thrown);
        }
        return new Outcome.Defect(Defects.said(thrown)
                + run.underway()
                        .current()
                        .map(changeSet -> Remains.sentence(
                                Optional.of(changeSet), run.tally().unheard()))
                        .orElse(""));
    }

    private Outcome interrupted(Stop.Reason reason) {
        return switch (reason) {
            case SIGNAL ->
                new Interrupted.Stopped(run.underway().current(), run.tally().unheard());
            case DEADLINE ->
                new Interrupted.DeadlinePassed(
                        run.settings().limits().deadline().map(Elapsed::text).orElse(""),
                        run.underway().current(),
                        run.tally().unheard());
            case THREAD_DIED -> defect(run.stop().death().orElseThrow());
        };
    }

    private Outcome changeSetFailed(FailedChangeSet thrown) {
        Duration elapsed = run.underway().elapsed();
        FailedChangeSet failed = timedOut(thrown, elapsed) ? thrown.as(FailedChangeSet.Kind.STATEMENT_TIMEOUT) : thrown;
        run.events().accept(new ChangeSetEvent.Failed(failed, run.tally().place(), elapsed));
        return failed.kind() == FailedChangeSet.Kind.SESSION_GONE
                ? new Interrupted.ConnectionLost(failed.message(), Optional.of(failed.changeSet()))
                : new NotApplied.ChangeSetFailed(failed, !run.tally().applied().isEmpty());
    }

    /**
     * The server has one SQLSTATE for every cancelled statement, and translates its text: our own setting tells them
     * apart.
     */
    private boolean timedOut(FailedChangeSet failed, Duration elapsed) {
        return failed.kind() == FailedChangeSet.Kind.CANCELED
                && run.settings()
                        .limits()
                        .statementTimeout()
                        .filter(limit -> elapsed.compareTo(limit) >= 0)
                        .isPresent();
    }

    private Outcome outsideChangeSets(SQLException e) {
        String said = e.getMessage() + " (SQLSTATE " + e.getSQLState() + ")";
        if (SqlStates.inTheWay(e.getSQLState())) {
            return new Outcome.HistoryLocked(said);
        }
        if (SqlStates.connectionLost(e.getSQLState())) {
            return new Interrupted.ConnectionLost(
                    String.valueOf(e.getMessage()), run.underway().current());
        }
        List<Answer.Applied> applied = run.tally().applied();
        if (!applied.isEmpty()) {
            return new Refused.DatabaseUnusable(
                    "After change set " + applied.get(applied.size() - 1).id() + " was recorded, the database said: "
                            + said,
                    "Fix this and run again: it continues after that change set.");
        }
        return new Refused.DatabaseUnusable(
                "The database said: " + said,
                SqlStates.INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())
                        ? "Grant it: status and validate need SELECT on the history table, migrate needs its owner's"
                                + " rights (or name the owning role with LOCKKEEPER_ROLE)."
                        : "Fix this and run again.");
    }

    private void trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        run.events().accept(new Event.Message(Event.Level.DEBUG, "The run ended by", Optional.of(text.toString())));
    }
}
