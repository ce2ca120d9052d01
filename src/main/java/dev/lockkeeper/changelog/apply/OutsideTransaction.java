package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.changelog.failure.NothingDoneException;
import dev.lockkeeper.changelog.failure.UnrecordedException;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.sql.SqlStatement;
import java.sql.SQLException;

/** Runs the statements of change sets outside a transaction, so that a change set that was cut short can be run again. */
public interface OutsideTransaction {

    /** Called before each change of such a change set. */
    void begin() throws SQLException;

    /**
     * Called after the change's last statement, or after the one that failed.
     *
     * @param done true if none failed: until the next change begins, or the history row is written, no stop may cancel anything
     */
    void end(boolean done) throws SQLException;

    /**
     * Runs one statement, or finds that an earlier run did.
     *
     * @return the rows that batches changed; 0 for every other statement
     * @throws NothingDoneException if something else exists under the name that the statement would create
     */
    long run(ChangeSetInfo changeSet, SqlStatement statement) throws SQLException;

    /** Writes a history row, in a transaction of its own. */
    interface Recording {
        /** Leaves no transaction open, whether or not it succeeds. */
        void write() throws SQLException;
    }

    /**
     * Writes the history row of a change set whose statements are done for good, again if another session is in the way.
     *
     * @throws UnrecordedException if that session was in the way at every attempt
     */
    void record(ChangeSetInfo changeSet, Recording row) throws SQLException;
}
