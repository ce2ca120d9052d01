package dev.lockkeeper.run.watch;

import java.sql.SQLException;

/** What is done with each sight of a change set that runs. All methods run on the watch thread. */
interface Look {
    /**
     * Called several times a second while a change set runs, but not for a change set that ends within the first tick.
     *
     * @throws SQLException if the monitor connection fails; it is then replaced after a pause
     */
    void at(Sight sight) throws SQLException;
}
