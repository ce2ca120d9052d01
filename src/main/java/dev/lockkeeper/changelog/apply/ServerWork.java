package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.sql.CreatedIndex;
import java.sql.SQLException;

/**
 * What change sets need of our session beside their own SQL: those outside a transaction are carried out so that one
 * cut short can be run again.
 */
public interface ServerWork {

    /**
     * Before the history row of a change set that may have given the migration lock away: takes it again.
     *
     * @throws SQLException of class 08 where another runner has it or had it meanwhile, so that nothing may be recorded and
     *     the session is of no use any more
     */
    void requireLock(ChangeSetInfo changeSet) throws SQLException;

    /**
     * After a change set that may have changed what holds for the session: settings and role are made ours again. Liquibase
     * commits right after.
     */
    void restore() throws SQLException;

    /** Before the first statement of such a change set. */
    void enter() throws SQLException;

    /** After its last one, or the one that failed. */
    void leave() throws SQLException;

    /**
     * Looks for an index before it is built. An INVALID one, left by a run that was cut short, is dropped.
     *
     * @return true where it stands, valid and as defined, so that only its history row is missing
     * @throws NothingDoneException if an index of that name exists with another definition
     */
    boolean stands(ChangeSetInfo changeSet, CreatedIndex index) throws SQLException;

    /** Runs a statement as it is. */
    void execute(String sql) throws SQLException;

    /**
     * Looks at an index after it was built.
     *
     * @throws SQLException where it is INVALID: IF NOT EXISTS passes over such a one
     */
    void built(CreatedIndex index) throws SQLException;

    /**
     * Repeats a statement, each time in a transaction of its own, until it changes no row.
     *
     * @return the rows changed by all repetitions
     */
    long repeat(ChangeSetInfo changeSet, String sql) throws SQLException;
}
