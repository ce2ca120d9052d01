package dev.lockkeeper.postgres;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.settings.connection.DatabaseTarget;

/** Where to connect, and as which user. Asked by the main thread, and by the watch thread for the monitor's connection. */
public interface Logins {

    /**
     * The server, and the user who logs in; without a password that is made for each connection. Asks Secrets Manager
     * at most once, and only if the settings are incomplete.
     *
     * @throws Failure if something is still missing, or the secret can't be read
     */
    DatabaseTarget target() throws Failure;

    /**
     * The same with what is needed to log in now. It serves one attempt to connect, since IAM tokens expire and
     * passwords are rotated.
     *
     * @throws Failure as {@link #target()}, or if there are no AWS credentials to make a token with
     */
    DatabaseTarget login() throws Failure;

    /**
     * Looks for another login, after the server refused the current one.
     *
     * @return false if there is no source that could ever give another
     * @throws Failure if the secret can't be read
     */
    boolean renew() throws Failure;
}
