package dev.lockkeeper.changelog.apply;

import java.sql.SQLException;

/** Our session's settings or role couldn't be restored after a change set that may have changed them. */
final class SessionSpoiltException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SessionSpoiltException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
