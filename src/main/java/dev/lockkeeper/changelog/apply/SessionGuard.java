package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.model.ChangeSetInfo;
import java.sql.SQLException;

/** Keeps the session ours, whatever a change set does to it. */
public interface SessionGuard {

    /**
     * Called before the history row of a change set that may have changed what holds for the session. Makes settings and role
     * ours again, since another role might not be allowed to write the row, and takes the migration lock again if it was
     * released.
     *
     * @throws SQLException of class 08 if another runner has the lock or had it meanwhile: then nothing may be recorded, and the
     *     session is of no use any more
     */
    void beforeRecord(ChangeSetInfo changeSet) throws SQLException;

    /**
     * Called after the end of such a change set, recorded or not. Makes settings and role ours again. Liquibase commits right
     * after.
     */
    void restore() throws SQLException;

    /**
     * Whether an error means that the session can't be used any more: it has ended, or its server accepts no changes. A change
     * set's own SQL can raise the same SQLSTATE, so the session is asked; an open transaction may be rolled back by that.
     */
    boolean gone(SQLException error);
}
