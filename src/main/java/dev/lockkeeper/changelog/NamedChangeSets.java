package dev.lockkeeper.changelog;

import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changeset.StandardChangeSetService;
import liquibase.database.ObjectQuotingStrategy;

/** Makes every change set that Liquibase parses a {@link NamedChangeSet}. Liquibase finds it through the service loader. */
public final class NamedChangeSets extends StandardChangeSetService {
    @Override
    public int getPriority() {
        return PRIORITY_DEFAULT + 1;
    }

    @Override
    public ChangeSet createChangeSet(DatabaseChangeLog changelog) {
        return new NamedChangeSet(changelog);
    }

    @Override
    public ChangeSet createChangeSet(
            String id,
            String author,
            boolean alwaysRun,
            boolean runOnChange,
            String filePath,
            String contextFilter,
            String dbmsList,
            DatabaseChangeLog changelog) {
        return new NamedChangeSet(
                id,
                author,
                alwaysRun,
                runOnChange,
                filePath,
                contextFilter,
                dbmsList,
                null,
                null,
                true,
                ObjectQuotingStrategy.LEGACY,
                changelog);
    }

    @Override
    public ChangeSet createChangeSet(
            String id,
            String author,
            boolean alwaysRun,
            boolean runOnChange,
            String filePath,
            String contextFilter,
            String dbmsList,
            String runWith,
            String runWithSpoolFile,
            boolean runInTransaction,
            ObjectQuotingStrategy quotingStrategy,
            DatabaseChangeLog changelog) {
        return new NamedChangeSet(
                id,
                author,
                alwaysRun,
                runOnChange,
                DatabaseChangeLog.normalizePath(filePath),
                contextFilter,
                dbmsList,
                runWith,
                runWithSpoolFile,
                runInTransaction,
                quotingStrategy,
                changelog);
    }
}
