package dev.lockkeeper.changelog;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Comparison;
import dev.lockkeeper.model.Comparison.Verdict;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.HistoryRow;
import dev.lockkeeper.model.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import liquibase.ChecksumVersion;
import liquibase.change.CheckSum;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.RanChangeSet;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;
import liquibase.exception.DatabaseException;
import org.jspecify.annotations.Nullable;

/** Compares a changelog with the history's rows by Liquibase's own rules, without touching a database. */
public final class HistoryComparison {
    private final Changelog changelog;
    private final RecordedPostgres database;
    private final ShouldRunChangeSetFilter shouldRun;
    private final Map<String, RanChangeSet> ran = new HashMap<>();

    private HistoryComparison(Changelog changelog, List<HistoryRow> rows) throws DatabaseException {
        this.changelog = changelog;
        this.database = new RecordedPostgres(rows);
        this.shouldRun = new ShouldRunChangeSetFilter(database);
        database.getRanChangeSetList().forEach(row -> ran.put(row.toString(), row));
    }

    /**
     * A verdict on every change set, and the rows that no change set accounts for.
     *
     * @throws Failure if Liquibase fails, which is a defect: the changelog was parsed without an error
     */
    public static Comparison of(Changelog changelog, List<HistoryRow> rows) throws Failure {
        List<HistoryRow> ours =
                rows.stream().filter(row -> !row.internal() && row.readable()).toList();
        changelog.takeNamesIn(ours.stream().map(HistoryRow::changeSet).collect(Collectors.toSet()));
        try {
            HistoryComparison comparison = new HistoryComparison(changelog, ours);
            return LiquibaseScope.call(changelog.files(), comparison.database, () -> comparison.compare(ours));
        } catch (Exception e) {
            throw new Failure(new Outcome.Defect("comparing changelog and history: " + e), e);
        }
    }

    private Comparison compare(List<HistoryRow> rows) {
        List<Comparison.Judged> judged = new ArrayList<>();
        Choice choice = Choice.of(changelog.settings(), database);
        List<ChangeSet> changeSets = changelog.parsed().getChangeSets();
        for (int i = 0; i < changeSets.size(); i++) {
            ChangeSet changeSet = changeSets.get(i);
            // A change set caches the first checksum computed, whatever its version; an earlier update may have cached
            // one of another version.
            changeSet.clearCheckSum();
            RanChangeSet row = ran.get(changeSet.toNormalizedString());
            judged.add(
                    new Comparison.Judged(changelog.changeSets().get(i), row != null, verdict(changeSet, row, choice)));
        }
        List<RanChangeSet> unknown = unknown();
        return new Comparison(
                judged, asStored(unknown, rows), MovedChangeSets.find(pending(judged), unknown, changelog.files()));
    }

    private List<ChangeSet> pending(List<Comparison.Judged> judged) {
        List<ChangeSet> changeSets = changelog.parsed().getChangeSets();
        return IntStream.range(0, judged.size())
                .filter(i -> judged.get(i).verdict() instanceof Verdict.Pending
                        && !judged.get(i).recorded())
                .mapToObj(changeSets::get)
                .toList();
    }

    private Verdict verdict(ChangeSet changeSet, @Nullable RanChangeSet row, Choice choice) {
        Optional<Verdict.LeftOut> leftOut = choice.leftOut(changeSet);
        if (leftOut.isPresent()) {
            return leftOut.get();
        }
        if (row != null && changeSet.shouldAlwaysRun()) {
            return new Verdict.RunsAlways();
        }
        if (shouldRun.accepts(changeSet).isAccepted()) {
            return choice.passedOver(changeSet).<Verdict>map(one -> one).orElseGet(Verdict.Pending::new);
        }
        CheckSum recorded = row == null ? null : row.getLastCheckSum();
        if (recorded == null || changeSet.shouldRunOnChange() || changeSet.isCheckSumValid(recorded)) {
            return new Verdict.Recorded();
        }
        if (OldLoadData.wrote(recorded, changeSet)) {
            changelog.accept(changeSet, recorded);
            return new Verdict.Recorded();
        }
        CheckSum present = changeSet.generateCheckSum(ChecksumVersion.enumFromChecksumVersion(recorded.getVersion()));
        return new Verdict.Edited(recorded.toString(), present.toString());
    }

    /** The rows as the history has them, each in the place of Liquibase's. */
    private List<ChangeSetId> asStored(List<RanChangeSet> some, List<HistoryRow> rows) {
        Set<RanChangeSet> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        chosen.addAll(some);
        List<RanChangeSet> history = database.getRanChangeSetList();
        return IntStream.range(0, history.size())
                .filter(i -> chosen.contains(history.get(i)))
                .mapToObj(i -> rows.get(i).changeSet())
                .toList();
    }

    private List<RanChangeSet> unknown() {
        Set<String> known = new HashSet<>();
        changelog.parsed().getChangeSets().forEach(changeSet -> known.add(changeSet.toNormalizedString()));
        return database.getRanChangeSetList().stream()
                .filter(row -> !known.contains(row.toString()))
                .toList();
    }
}
