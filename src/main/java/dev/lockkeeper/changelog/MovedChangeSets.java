package dev.lockkeeper.changelog;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Comparison.Moved;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import liquibase.ChecksumVersion;
import liquibase.change.Change;
import liquibase.change.CheckSum;
import liquibase.change.core.EmptyChange;
import liquibase.change.core.TagDatabaseChange;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.RanChangeSet;

/**
 * Finds pending change sets that the history has under the path of another file. Liquibase would run them a second
 * time, since the path is part of a change set's name.
 */
final class MovedChangeSets {
    /** Liquibase's ChangeSet.ExecType of a row whose change set really ran. */
    private static final Set<ChangeSet.ExecType> DONE = Set.of(ChangeSet.ExecType.EXECUTED, ChangeSet.ExecType.RERAN);

    private MovedChangeSets() {}

    /**
     * The pending change sets that a row has with the same id, author and checksum. Change sets that may run again, that
     * do nothing, or that give their path themselves by {@code logicalFilePath} don't count.
     *
     * @param pending change sets that the history doesn't have
     * @param unknown rows that the changelog doesn't have
     */
    static List<Moved> find(List<ChangeSet> pending, List<RanChangeSet> unknown, ChangelogFiles files) {
        Map<List<String>, List<RanChangeSet>> rows = new HashMap<>();
        unknown.stream()
                .filter(row -> row.getLastCheckSum() != null && DONE.contains(row.getExecType()))
                .forEach(row -> rows.computeIfAbsent(List.of(row.getId(), row.getAuthor()), name -> new ArrayList<>())
                        .add(row));
        List<Moved> moved = new ArrayList<>();
        for (ChangeSet changeSet : pending) {
            if (dependsOnPath(changeSet)) {
                rows.getOrDefault(List.of(changeSet.getId(), changeSet.getAuthor()), List.of()).stream()
                        .filter(row -> sameText(changeSet, row.getLastCheckSum()))
                        .findFirst()
                        .filter(row -> !namesItsPath(changeSet, files))
                        .ifPresent(row -> moved.add(new Moved(
                                new ChangeSetId(row.getChangeLog(), row.getId(), row.getAuthor()),
                                ChangeSets.id(changeSet))));
            }
        }
        return moved;
    }

    private static boolean dependsOnPath(ChangeSet changeSet) {
        return changeSet.getChanges().stream().anyMatch(MovedChangeSets::doesSomething)
                && !changeSet.shouldAlwaysRun()
                && !changeSet.shouldRunOnChange()
                && changeSet.getLogicalFilePath() == null
                && hasPathOf(changeSet.getChangeLog(), changeSet);
    }

    /**
     * Whether its file gives it the path that it has. Liquibase doesn't keep that in every format and release, and what a person
     * wrote there on purpose is the way to run it in spite of the row.
     */
    private static boolean namesItsPath(ChangeSet changeSet, ChangelogFiles files) {
        Pattern named =
                Pattern.compile("logicalFilePath:\\s*\"?" + Pattern.quote(changeSet.getFilePath()) + "(?:[\"\\s].*)?$");
        try (BufferedReader file = new BufferedReader(new InputStreamReader(
                files.open(changeSet.getChangeLog().getPhysicalFilePath()), StandardCharsets.UTF_8))) {
            return file.lines().anyMatch(line -> named.matcher(line).find());
        } catch (IOException | RuntimeException e) {
            // Then it is refused, which loses nothing.
            return false;
        }
    }

    private static boolean doesSomething(Change change) {
        return !(change instanceof EmptyChange) && !(change instanceof TagDatabaseChange);
    }

    /** In SQL, a change set's own {@code logicalFilePath} is only its path. */
    private static boolean hasPathOf(DatabaseChangeLog file, ChangeSet changeSet) {
        return file.getRawLogicalFilePath() == null
                && DatabaseChangeLog.normalizePath(file.getPhysicalFilePath())
                        .equals(DatabaseChangeLog.normalizePath(changeSet.getFilePath()));
    }

    /** A change set caches the first checksum computed, whatever its version. */
    private static boolean sameText(ChangeSet changeSet, CheckSum recorded) {
        changeSet.clearCheckSum();
        CheckSum present = changeSet.generateCheckSum(ChecksumVersion.enumFromChecksumVersion(recorded.getVersion()));
        changeSet.clearCheckSum();
        return present.equals(recorded);
    }
}
