package dev.lockkeeper.run.session;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Comparison;
import dev.lockkeeper.postgres.Query;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The search path that the change sets of this run left. Later ones may count on it, as with plain Liquibase, so a new
 * connection has to begin with it.
 */
public final class CarriedPath {
    private @Nullable String path;

    /** Whose commit may land without our hearing of it, and the path that it would leave. */
    private @Nullable ChangeSetId open;

    private @Nullable String openPath;

    /** The path before a change set's commit: perhaps set for its transaction alone. */
    void beforeCommit(ChangeSetInfo changeSet, String seen) {
        openPath = seen;
        open = changeSet.id();
    }

    /** Whether the change set whose commit just landed left the path as it was; asked once. */
    boolean unchanged() {
        boolean unchanged = open != null && openPath != null && openPath.equals(path);
        open = null;
        return unchanged;
    }

    /** The path between two change sets. */
    void between(String seen) {
        path = seen;
    }

    /** On the connection that goes on with a run: sets the path as it was. */
    public void restore(Connection connection, Comparison comparison) throws SQLException {
        if (open != null
                && comparison.recorded().stream().anyMatch(one -> one.id().equals(open))) {
            path = openPath;
        }
        open = null;
        if (path != null) {
            Query.one(connection, "SELECT set_config('search_path', ?, false) AS path", row -> row.text("path"), path);
        }
    }
}
