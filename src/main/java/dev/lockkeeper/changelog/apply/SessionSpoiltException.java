package dev.lockkeeper.changelog.apply;

import java.sql.SQLException;

/** What holds for our session couldn't be restored after a change set that may have changed it. */
final class SessionSpoiltException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SessionSpoiltException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
