package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.sql.SqlStatement;
import java.sql.SQLException;

/** Runs the statements of change sets outside a transaction, so that a change set that was cut short can be run again. */
public interface OutsideTransaction {

    /** Called before each change of such a change set. */
    void begin() throws SQLException;

    /** Called after the change's last statement, or after the one that failed. */
    void end() throws SQLException;

    /**
     * Runs one statement, or finds that an earlier run did.
     *
     * @return the rows that batches changed; 0 for every other statement
     * @throws NothingDoneException if something else exists under the name that the statement would create
     */
    long run(ChangeSetInfo changeSet, SqlStatement statement) throws SQLException;
}
