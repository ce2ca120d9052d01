package dev.lockkeeper.run.watch;

import java.sql.SQLException;

/** One thing to observe while a change set runs. All methods run on the watch thread. */
interface Observer {
    /**
     * Called several times a second while a change set runs, but not for a change set that ends within the first tick.
     *
     * @throws SQLException if the monitor connection fails; it is then replaced after a pause
     */
    void look(Sight sight) throws SQLException;
}
