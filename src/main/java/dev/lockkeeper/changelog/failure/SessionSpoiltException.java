package dev.lockkeeper.changelog.failure;

import java.sql.SQLException;

/** Our session's settings or role couldn't be restored after a change set that may have changed them. */
public final class SessionSpoiltException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SessionSpoiltException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
