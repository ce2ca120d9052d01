package dev.lockkeeper.changelog.failure;

import dev.lockkeeper.changelog.Causes;
import dev.lockkeeper.model.FailedChangeSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change set failed; carries the facts. The run decides what that means. */
public final class ChangeSetFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final transient FailedChangeSet failed;

    ChangeSetFailure(FailedChangeSet failed, @Nullable Throwable cause) {
        super(failed.message(), cause);
        this.failed = failed;
    }

    /** The same, if the session was asked and is gone. */
    public ChangeSetFailure asSessionGone() {
        return new ChangeSetFailure(failed.as(FailedChangeSet.Kind.SESSION_GONE), getCause());
    }

    /** The facts. */
    public FailedChangeSet failed() {
        return failed;
    }

    /** The database's own exception, if it was the database that failed. */
    public Optional<SQLException> sqlException() {
        return Causes.sql(getCause());
    }
}
