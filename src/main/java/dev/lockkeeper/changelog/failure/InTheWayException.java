package dev.lockkeeper.changelog.failure;

import java.sql.SQLException;

/**
 * Another transaction was in the way of a change set whose settings ({@code failOnError}, {@code onError}) let
 * Liquibase skip it or mark it as run after an error. Those settings are meant for the change set's own errors, not for
 * other sessions.
 */
public final class InTheWayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InTheWayException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
