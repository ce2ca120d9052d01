package dev.lockkeeper.changelog.apply;

import java.sql.SQLException;

/**
 * Another transaction was in the way of a change set that Liquibase would pass over or mark as ran for it
 * ({@code failOnError}, {@code onError}): that setting is about the change set, not about who else is at work.
 */
final class InTheWayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InTheWayException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
