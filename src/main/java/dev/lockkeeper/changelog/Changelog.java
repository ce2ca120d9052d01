package dev.lockkeeper.changelog;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.ShortNames;
import dev.lockkeeper.settings.ChangelogSettings;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;

/** A changelog that was parsed. */
public final class Changelog {
    private final ChangelogSettings settings;
    private final ChangelogFiles files;
    private final DatabaseChangeLog parsed;
    private final Database database = new PostgresDatabase();
    private final IdentityHashMap<ChangeSet, ChangeSetInfo> infos = new IdentityHashMap<>();
    private final List<ChangeSetInfo> changeSets;

    public Changelog(ChangelogSettings settings, ChangelogFiles files, DatabaseChangeLog parsed) {
        this.settings = settings;
        this.files = files;
        this.parsed = parsed;
        Preconditions.allowQuestionMarks(parsed);
        Map<ChangeSetId, String> names = ShortNames.of(
                parsed.getChangeSets().stream().map(ChangeSets::id).toList());
        parsed.getChangeSets().forEach(changeSet -> {
            ChangeSetInfo info = ChangeSets.info(changeSet, database);
            infos.put(changeSet, info.named(names.getOrDefault(info.id(), info.name())));
        });
        this.changeSets = parsed.getChangeSets().stream().map(this::info).toList();
    }

    /** Its change sets in the order they run, whatever contexts or labels are chosen. */
    public List<ChangeSetInfo> changeSets() {
        return changeSets;
    }

    /** Whether it uses a parameter or property whose value only a connection has; then it must be parsed with one. */
    public boolean needsDatabase() {
        return files.needDatabase() || Preconditions.needDatabase(parsed);
    }

    /** True where a change set runs on every update, recorded or not. */
    public boolean hasAlwaysRun() {
        return parsed.getChangeSets().stream().anyMatch(ChangeSet::shouldAlwaysRun);
    }

    /** What is known of one of the parsed change sets. */
    public ChangeSetInfo info(ChangeSet changeSet) {
        return infos.computeIfAbsent(changeSet, one -> ChangeSets.info(one, database));
    }

    /** A PostgreSQL without a connection, for what depends only on the kind of database. */
    public Database database() {
        return database;
    }

    /** What is done with a part of the change sets. */
    public interface Work {
        void run() throws Exception;
    }

    /**
     * Leaves only these change sets in the parsed changelog while the work is done. Checksums are computed anew: a
     * change set keeps the first one, of whichever version somebody asked for, and Liquibase would record that.
     */
    public void reducedTo(Set<ChangeSetId> some, Work work) throws Exception {
        List<ChangeSet> all = List.copyOf(parsed.getChangeSets());
        all.forEach(ChangeSet::clearCheckSum);
        parsed.getChangeSets().removeIf(changeSet -> !some.contains(ChangeSets.id(changeSet)));
        try {
            work.run();
        } finally {
            parsed.getChangeSets().clear();
            parsed.getChangeSets().addAll(all);
        }
    }

    public ChangelogSettings settings() {
        return settings;
    }

    public ChangelogFiles files() {
        return files;
    }

    public DatabaseChangeLog parsed() {
        return parsed;
    }
}
