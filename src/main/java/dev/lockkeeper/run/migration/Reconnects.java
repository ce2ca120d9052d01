package dev.lockkeeper.run.migration;

import dev.lockkeeper.changelog.apply.ChangeSetFailure;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Event;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Interrupted;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.run.Run;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a run goes on with another connection after the one it had was lost. */
public final class Reconnects {
    /** A change set that loses the connection as often may well be what kills the server. */
    private static final int MOST_PER_CHANGE_SET = 3;

    private final Run run;
    private @Nullable ChangeSetId lastUnder;
    private int losses;
    private String reason = "";

    public Reconnects(Run run) {
        this.run = run;
    }

    /** Returns where a change set's failure is a lost connection and it makes sense to go on. */
    public void goOn(ChangeSetFailure failure) throws ChangeSetFailure, Failure {
        String state = failure.failed().sqlState();
        if (!lost(state)) {
            throw failure;
        }
        goOn(failure.failed().message(), Optional.of(failure.failed().changeSet()), failure);
    }

    /** Returns where the connection was lost outside a change set and it makes sense to go on. */
    public void goOn(SQLException failure) throws SQLException, Failure {
        if (!lost(failure.getSQLState())) {
            throw failure;
        }
        goOn(String.valueOf(failure.getMessage()), run.underway().current(), failure);
    }

    private static boolean lost(@Nullable String state) {
        return SqlStates.connectionLost(state) || SqlStates.readOnly(state);
    }

    private void goOn(String why, Optional<ChangeSetInfo> under, Exception cause) throws Failure {
        reason = why;
        run.tally().lostSight();
        ChangeSetId id = under.map(ChangeSetInfo::id).orElse(null);
        losses = java.util.Objects.equals(id, lastUnder) ? losses + 1 : 1;
        lastUnder = id;
        boolean blind = under.filter(changeSet -> !changeSet.resumable()).isPresent();
        if (blind || losses >= MOST_PER_CHANGE_SET || run.stop().requested()) {
            throw new Failure(new Interrupted.ConnectionLost(why, under), cause);
        }
        run.events().accept(new Event.ConnectionLost(why));
    }

    /** What it means that no other connection could be had, or that the database can't be used any more. */
    public Failure notRegained(Failure failure) {
        return losses == 0 || !(failure.outcome() instanceof Outcome.DatabaseUnusable)
                ? failure
                : new Failure(
                        new Interrupted.ConnectionLost(
                                reason + "; then: " + failure.outcome().happened(),
                                run.underway().current()),
                        failure);
    }
}
