package dev.lockkeeper.changelog;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.ShortNames;
import dev.lockkeeper.settings.ChangelogSettings;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import liquibase.change.CheckSum;
import liquibase.change.core.LoadDataChange;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;

/**
 * A parsed changelog. It is mutable, and serves one attempt: Liquibase keeps in its change sets what happened to them, and
 * {@link #reducedTo} changes it for good.
 */
public final class Changelog {
    private final ChangelogSettings settings;
    private final ChangelogFiles files;
    private final DatabaseChangeLog parsed;
    private final Database database = new PostgresDatabase();
    private final Map<ChangeSetId, CheckSum> accepted = new HashMap<>();
    private final IdentityHashMap<ChangeSet, ChangeSetInfo> infos = new IdentityHashMap<>();
    private Set<ChangeSetId> recorded = Set.of();
    private List<ChangeSetInfo> changeSets;

    public Changelog(ChangelogSettings settings, ChangelogFiles files, DatabaseChangeLog parsed) {
        this.settings = settings;
        this.files = files;
        this.parsed = parsed;
        Preconditions.allowQuestionMarks(parsed);
        parsed.getChangeSets().stream()
                .flatMap(changeSet -> changeSet.getChanges().stream())
                .filter(LoadDataChange.class::isInstance)
                .map(change -> ((LoadDataChange) change).getFile())
                .filter(Objects::nonNull)
                .forEach(files::data);
        this.changeSets = read();
    }

    /** What is known about its change sets as they are named now. */
    private List<ChangeSetInfo> read() {
        infos.clear();
        Map<ChangeSetId, String> names = ShortNames.of(
                parsed.getChangeSets().stream().map(ChangeSets::id).toList());
        parsed.getChangeSets().forEach(changeSet -> {
            ChangeSetInfo info = ChangeSets.info(changeSet, database);
            infos.put(changeSet, info.named(names.getOrDefault(info.id(), info.name())));
        });
        return parsed.getChangeSets().stream().map(this::info).toList();
    }

    /** Gives change sets the names under which an older Liquibase recorded them. */
    void takeNamesIn(Set<ChangeSetId> rows) {
        long renamed = parsed.getChangeSets().stream()
                .filter(one -> one instanceof NamedChangeSet named && named.takeNameIn(rows))
                .count();
        if (renamed > 0) {
            recorded = Set.copyOf(rows);
            changeSets = read();
        }
    }

    /** Lets Liquibase take a recorded checksum for the change set's own, as its {@code validCheckSum} would. */
    void accept(ChangeSet changeSet, CheckSum recorded) {
        accepted.put(ChangeSets.id(changeSet), recorded);
        changeSet.addValidCheckSum(recorded.toString());
    }

    /** The same changelog, parsed anew, with the names and checksums that were taken from the history before. */
    public Changelog continuedBy(Changelog anew) {
        anew.takeNamesIn(recorded);
        anew.parsed.getChangeSets().forEach(changeSet -> {
            CheckSum recorded = accepted.get(ChangeSets.id(changeSet));
            if (recorded != null) {
                anew.accept(changeSet, recorded);
            }
        });
        return anew;
    }

    /** Its change sets in the order they run, regardless of contexts and labels. */
    public List<ChangeSetInfo> changeSets() {
        return changeSets;
    }

    /** Whether it uses a parameter or property whose value only a connection has; if so, it must be parsed with one. */
    public boolean needsDatabase() {
        return files.needDatabase() || Preconditions.needDatabase(parsed);
    }

    /** True if a change set runs on every update, recorded or not. */
    public boolean hasAlwaysRun() {
        return parsed.getChangeSets().stream().anyMatch(ChangeSet::shouldAlwaysRun);
    }

    /** What is known about one of the parsed change sets. */
    public ChangeSetInfo info(ChangeSet changeSet) {
        return infos.computeIfAbsent(changeSet, one -> ChangeSets.info(one, database));
    }

    /** A PostgreSQL database without a connection, for questions that depend only on the kind of database. */
    public Database database() {
        return database;
    }

    /** Work on some of the change sets. */
    public interface Work {
        void run() throws Exception;
    }

    /**
     * Leaves only these change sets in the parsed changelog while the work runs. Checksums are computed again: a change
     * set caches the first one computed, whatever its version, and Liquibase would record that one. What {@code runWith} names
     * is removed from every change set, for good.
     */
    public void reducedTo(Set<ChangeSetId> some, Work work) throws Exception {
        List<ChangeSet> all = List.copyOf(parsed.getChangeSets());
        all.forEach(ChangeSet::clearCheckSum);
        // Liquibase looks for the program of every change set, also of those that ran long ago. Pending ones are
        // refused.
        all.forEach(changeSet -> changeSet.setRunWith(null));
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
