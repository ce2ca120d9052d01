package dev.lockkeeper.postgres;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.settings.DatabaseTarget;

/** Where to connect to and as whom, asked for every attempt: tokens expire, and passwords are rotated. */
public interface Logins {

    /** What to use now. */
    DatabaseTarget current() throws Failure;

    /**
     * Looks for another login, after the server refused the current one.
     *
     * @return false where there is no source that could ever give another
     */
    boolean renew() throws Failure;
}
