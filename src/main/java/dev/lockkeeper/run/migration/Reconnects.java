package dev.lockkeeper.run.migration;

import dev.lockkeeper.changelog.failure.ChangeSetFailure;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.FailedChangeSet;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Interrupted;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.model.event.ConnectionEvent;
import dev.lockkeeper.postgres.SessionHealth;
import dev.lockkeeper.run.Run;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether a run continues over another connection after it lost one. */
public final class Reconnects {
    /** A change set that loses the connection this often may well be what kills the server. */
    private static final int MOST_PER_CHANGE_SET = 3;

    private final Run run;
    private @Nullable ChangeSetId lastUnder;
    private int losses;
    private String reason = "";

    public Reconnects(Run run) {
        this.run = run;
    }

    /**
     * The exception that ends the run after this one was thrown; empty if another connection may follow, which is then
     * reported.
     *
     * @param thrown by the work over one connection
     * @param connection the one; still open, unless it was lost
     */
    public Optional<Exception> end(Exception thrown, Connection connection) {
        if (thrown instanceof Failure failure) {
            return Optional.of(notRegained(failure));
        }
        if (thrown instanceof ChangeSetFailure failure
                && failure.failed().kind() == FailedChangeSet.Kind.SESSION_GONE) {
            return afterLoss(
                    failure.failed().message(), Optional.of(failure.failed().changeSet()), failure);
        }
        if (thrown instanceof SQLException failure && SessionHealth.gone(connection, failure.getSQLState())) {
            return afterLoss(
                    String.valueOf(failure.getMessage()), run.underway().current(), failure);
        }
        return Optional.of(thrown);
    }

    /** The same if there is no connection: it couldn't be opened, or broke while it was opened or closed. */
    public Optional<Exception> endWithout(Exception thrown) {
        if (thrown instanceof Failure failure) {
            return Optional.of(notRegained(failure));
        }
        return thrown instanceof SQLException failure && lost(failure.getSQLState())
                ? afterLoss(String.valueOf(failure.getMessage()), run.underway().current(), failure)
                : Optional.of(thrown);
    }

    private static boolean lost(@Nullable String state) {
        return SqlStates.connectionLost(state) || SqlStates.readOnly(state);
    }

    private Optional<Exception> afterLoss(String why, Optional<ChangeSetInfo> under, Exception cause) {
        reason = why;
        run.tally().lostSight();
        ChangeSetId id = under.map(ChangeSetInfo::id).orElse(null);
        losses = Objects.equals(id, lastUnder) ? losses + 1 : 1;
        lastUnder = id;
        boolean blind = under.filter(changeSet -> !changeSet.resumable()).isPresent();
        if (blind || losses >= MOST_PER_CHANGE_SET || run.stop().requested()) {
            return Optional.of(new Failure(new Interrupted.ConnectionLost(why, under), cause));
        }
        run.events().accept(new ConnectionEvent.Lost(why));
        return Optional.empty();
    }

    /** If a connection was lost before, a database that can't be used means that it wasn't regained. */
    private Failure notRegained(Failure failure) {
        return losses == 0 || !(failure.outcome() instanceof Refused.DatabaseUnusable)
                ? failure
                : new Failure(
                        new Interrupted.ConnectionLost(
                                reason + "; then: " + failure.outcome().happened(),
                                run.underway().current()),
                        failure);
    }
}
