package dev.lockkeeper.changelog;

import dev.lockkeeper.settings.ChangelogSettings;
import java.util.List;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.filter.ContextChangeSetFilter;
import liquibase.changelog.filter.DbmsChangeSetFilter;
import liquibase.changelog.filter.LabelChangeSetFilter;
import liquibase.database.Database;

/** Which change sets contexts, labels and dbms choose, by Liquibase's own filters. */
public final class Choice {
    private final List<ChangeSetFilter> filters;

    private Choice(List<ChangeSetFilter> filters) {
        this.filters = filters;
    }

    /** The choice of a run with these settings on this kind of database. */
    public static Choice of(ChangelogSettings settings, Database database) {
        return new Choice(List.of(
                new ContextChangeSetFilter(new Contexts(settings.contexts())),
                new LabelChangeSetFilter(new LabelExpression(settings.labels())),
                new DbmsChangeSetFilter(database)));
    }

    /**
     * Whether the change set is chosen. One that says {@code ignore: true} can be: Liquibase validates it and passes over
     * it later.
     */
    public boolean includes(ChangeSet changeSet) {
        return filters.stream().allMatch(filter -> filter.accepts(changeSet).isAccepted());
    }
}
