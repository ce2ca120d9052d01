package dev.lockkeeper.changelog.source;

import dev.lockkeeper.changelog.ChangeSets;
import dev.lockkeeper.model.ChangeSetId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.DbmsChangeSetFilter;
import liquibase.database.Database;
import liquibase.util.StringUtil;
import org.jspecify.annotations.Nullable;

/** The change sets that Liquibase found in one file, by what stands in the file. */
final class FileChangeSets {
    private final String file;
    private final @Nullable DatabaseChangeLog changelog;
    private final Map<String, ChangeSetId> ids = new HashMap<>();
    private final Set<ChangeSetId> foreign = new HashSet<>();
    private final DbmsChangeSetFilter filter;

    /**
     * Those of a file, in the changelog that Liquibase made of it.
     *
     * @param database a PostgreSQL, which takes a while to make
     */
    FileChangeSets(String file, List<ChangeSet> changeSets, Database database) {
        this.file = file;
        this.changelog = changeSets.isEmpty() ? null : changeSets.get(0).getChangeLog();
        this.filter = new DbmsChangeSetFilter(database);
        Set<ChangeSetId> own = new HashSet<>();
        for (ChangeSet changeSet : changeSets) {
            ChangeSetId id = ChangeSets.id(changeSet);
            ids.put(key(changeSet.getAuthor(), changeSet.getId()), id);
            (isForPostgres(changeSet) ? own : foreign).add(id);
        }
        // One id may occur once for each database.
        foreign.removeAll(own);
    }

    String file() {
        return file;
    }

    /** The change set with this author and id, as they are written in the file. */
    Optional<ChangeSetId> find(String author, String id) {
        return Optional.ofNullable(ids.get(key(value(author), value(id))));
    }

    /** Whether a change set of these, or one read again, is for PostgreSQL. */
    boolean isForPostgres(ChangeSet changeSet) {
        return filter.accepts(changeSet).isAccepted();
    }

    /** Whether its dbms, as Liquibase reads it, keeps it from PostgreSQL. */
    boolean isForAnotherDatabase(ChangeSetId changeSet) {
        return foreign.contains(changeSet);
    }

    /** A text with the changelog's parameters filled in. */
    String expanded(String text) {
        if (changelog == null || text.indexOf("${") < 0) {
            return text;
        }
        try {
            return changelog.getChangeLogParameters().expandExpressions(text, changelog);
        } catch (Exception e) {
            return text;
        }
    }

    private String value(String text) {
        return expanded(StringUtil.stripEnclosingQuotes(text));
    }

    private static String key(String author, String id) {
        return author + "\n" + id;
    }
}
