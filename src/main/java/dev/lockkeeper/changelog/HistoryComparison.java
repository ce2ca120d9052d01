package dev.lockkeeper.changelog;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Comparison;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.HistoryRow;
import dev.lockkeeper.model.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liquibase.ChecksumVersion;
import liquibase.change.CheckSum;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.RanChangeSet;
import liquibase.changelog.filter.IgnoreChangeSetFilter;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;

/** Compares a changelog with the history's rows by Liquibase's own rules, touching no database. */
public final class HistoryComparison {
    private final Changelog changelog;
    private final RecordedPostgres database;
    private final Map<String, RanChangeSet> ran = new HashMap<>();

    private HistoryComparison(Changelog changelog, List<HistoryRow> rows) {
        this.changelog = changelog;
        this.database = new RecordedPostgres(rows);
        database.getRanChangeSetList().forEach(row -> ran.put(row.toString(), row));
    }

    /**
     * What is pending, edited, recorded and unknown.
     *
     * @throws Failure a defect: parsing already went well
     */
    public static Comparison of(Changelog changelog, List<HistoryRow> rows) throws Failure {
        List<HistoryRow> ours =
                rows.stream().filter(row -> !row.internal() && row.readable()).toList();
        try {
            HistoryComparison comparison = new HistoryComparison(changelog, ours);
            return LiquibaseScope.call(changelog.files(), comparison.database, () -> comparison.compare(ours));
        } catch (Exception e) {
            throw new Failure(new Outcome.Defect("comparing changelog and history: " + e), e);
        }
    }

    private Comparison compare(List<HistoryRow> rows) throws Exception {
        List<ChangeSetInfo> pending = new ArrayList<>();
        List<Comparison.Edited> edited = new ArrayList<>();
        List<ChangeSetInfo> recorded = new ArrayList<>();
        Choice choice = Choice.of(changelog.settings(), database);
        IgnoreChangeSetFilter ignored = new IgnoreChangeSetFilter();
        ShouldRunChangeSetFilter shouldRun = new ShouldRunChangeSetFilter(database);
        List<ChangeSet> changeSets = changelog.parsed().getChangeSets();
        for (int i = 0; i < changeSets.size(); i++) {
            ChangeSet changeSet = changeSets.get(i);
            // It keeps the first sum computed, whatever the version; the update before may have left another one.
            changeSet.clearCheckSum();
            RanChangeSet row = ran.get(changeSet.toNormalizedString());
            boolean accepted =
                    choice.includes(changeSet) && ignored.accepts(changeSet).isAccepted();
            if (row != null) {
                recorded.add(changelog.changeSets().get(i));
                if (accepted) {
                    edited.addAll(edited(changeSet, row));
                }
            }
            boolean again = row != null && changeSet.shouldAlwaysRun();
            if (accepted && !again && shouldRun.accepts(changeSet).isAccepted()) {
                pending.add(changelog.changeSets().get(i));
            }
        }
        return new Comparison(pending, edited, unknown(rows), recorded);
    }

    private static List<Comparison.Edited> edited(ChangeSet changeSet, RanChangeSet row) {
        CheckSum recorded = row.getLastCheckSum();
        if (recorded == null
                || changeSet.shouldRunOnChange()
                || changeSet.shouldAlwaysRun()
                || changeSet.isCheckSumValid(recorded)) {
            return List.of();
        }
        CheckSum present = changeSet.generateCheckSum(ChecksumVersion.enumFromChecksumVersion(recorded.getVersion()));
        return List.of(new Comparison.Edited(ChangeSets.id(changeSet), recorded.toString(), present.toString()));
    }

    private List<ChangeSetId> unknown(List<HistoryRow> rows) {
        Set<String> known = new HashSet<>();
        changelog.parsed().getChangeSets().forEach(changeSet -> known.add(changeSet.toNormalizedString()));
        List<ChangeSetId> unknown = new ArrayList<>();
        List<RanChangeSet> history = database.getRanChangeSetList();
        for (int i = 0; i < history.size(); i++) {
            if (!known.contains(history.get(i).toString())) {
                unknown.add(rows.get(i).changeSet());
            }
        }
        return unknown;
    }
}
