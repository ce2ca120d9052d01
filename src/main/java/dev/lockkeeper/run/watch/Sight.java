package dev.lockkeeper.run.watch;

import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.postgres.Activity;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;

/**
 * What one look at a running change set shows.
 *
 * @param changeSet the change set under way
 * @param elapsed the time since it began
 * @param batchRows how many rows it changed so far, if it is batched
 * @param monitor the second connection, empty while there is none
 * @param activity what the observed session does, empty while there is no second connection
 */
record Sight(
        ChangeSetInfo changeSet,
        Duration elapsed,
        Optional<Long> batchRows,
        Optional<Connection> monitor,
        Optional<Activity> activity) {

    /** What the program itself knows, without asking the server. */
    static Sight of(ChangeSetInfo changeSet, Duration elapsed, Optional<Long> batchRows) {
        return new Sight(changeSet, elapsed, batchRows, Optional.empty(), Optional.empty());
    }

    /** The same with what the server says. */
    Sight with(Connection connection, Activity seen) {
        return new Sight(changeSet, elapsed, batchRows, Optional.of(connection), Optional.of(seen));
    }

    /** Whether the session waits for a lock, as far as is known. */
    boolean waitsForLock() {
        return activity.filter(Activity::waitsForLock).isPresent();
    }
}
