package dev.lockkeeper.run.resume;

import java.sql.SQLException;
import java.util.Optional;

/** How a statement of one kind is taken up again, however far an earlier run got with it. */
interface Resumption {

    /**
     * Removes what an earlier run left in the way, and says by warnings what it found.
     *
     * @return the SQL that remains to be executed; empty if only the history row is missing
     */
    Optional<String> remaining() throws SQLException;

    /**
     * Looks at the result after that SQL was executed.
     *
     * @throws SQLException if it isn't what the statement promises
     */
    default void verify() throws SQLException {}
}
