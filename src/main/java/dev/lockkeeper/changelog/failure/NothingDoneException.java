package dev.lockkeeper.changelog.failure;

import java.sql.SQLException;

/** We refused a statement outside a transaction before the server was asked to change anything. */
public final class NothingDoneException extends SQLException {
    private static final long serialVersionUID = 1;

    /** A refusal with its reason and the SQLSTATE that the server would have returned. */
    public NothingDoneException(String reason, String sqlState) {
        super(reason, sqlState);
    }
}
