package dev.lockkeeper.changelog.failure;

import java.sql.SQLException;

/** A change set outside a transaction is done, and another session kept its history row from being written. */
public final class UnrecordedException extends SQLException {
    private static final long serialVersionUID = 1;

    /** What the server said at the last attempt. */
    public UnrecordedException(SQLException last) {
        super("its history row couldn't be written: " + last.getMessage(), last.getSQLState(), last);
    }
}
