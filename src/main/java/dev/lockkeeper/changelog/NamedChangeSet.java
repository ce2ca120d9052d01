package dev.lockkeeper.changelog;

import dev.lockkeeper.model.ChangeSetId;
import java.util.Set;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.ObjectQuotingStrategy;
import org.jspecify.annotations.Nullable;

/**
 * A change set that keeps the name under which an older release recorded it. Since 4.31 a change set of an included file
 * inherits the logical path of the file that includes it, and some releases put the path into the id of a plain SQL file. While
 * Liquibase parses with a connection, it looks into the history and uses the name that it finds there; we parse without one.
 */
final class NamedChangeSet extends ChangeSet {
    private static final String PLAIN_ID = "raw";
    private static final String PLAIN_AUTHOR = "includeAll";

    /** Where it was before it inherited a logical path. */
    private @Nullable String ownPath;

    private @Nullable String recordedId;

    NamedChangeSet(DatabaseChangeLog changelog) {
        super(changelog);
    }

    NamedChangeSet(
            String id,
            String author,
            boolean alwaysRun,
            boolean runOnChange,
            String filePath,
            String contextFilter,
            String dbmsList,
            @Nullable String runWith,
            @Nullable String runWithSpoolFile,
            boolean runInTransaction,
            ObjectQuotingStrategy quotingStrategy,
            DatabaseChangeLog changelog) {
        super(
                id,
                author,
                alwaysRun,
                runOnChange,
                filePath,
                contextFilter,
                dbmsList,
                runWith,
                runWithSpoolFile,
                runInTransaction,
                quotingStrategy,
                changelog);
    }

    @Override
    public void setFilePath(String filePath) {
        if (ownPath == null) {
            ownPath = getFilePath();
        }
        super.setFilePath(filePath);
    }

    @Override
    public String getId() {
        return recordedId == null ? super.getId() : recordedId;
    }

    /** The path that names it in a history that knows nothing of inherited ones. */
    String ownPath() {
        return ownPath == null ? getFilePath() : ownPath;
    }

    /** Takes the name that the history has for it; false if it has that already, or the history has none. */
    boolean takeNameIn(Set<ChangeSetId> recorded) {
        String own = ownPath;
        if (own != null
                && !own.equals(getFilePath())
                && recorded.contains(new ChangeSetId(own, getId(), getAuthor()))) {
            setLogicalFilePath(null);
            super.setFilePath(own);
            return true;
        }
        if (!PLAIN_ID.equals(getId()) || !PLAIN_AUTHOR.equals(getAuthor())) {
            return false;
        }
        String withPath =
                PLAIN_ID + "_" + DatabaseChangeLog.normalizePath(getFilePath()).replace('/', '_');
        if (recorded.contains(new ChangeSetId(getFilePath(), withPath, PLAIN_AUTHOR))) {
            recordedId = withPath;
            return true;
        }
        return false;
    }
}
