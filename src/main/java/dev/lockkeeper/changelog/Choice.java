package dev.lockkeeper.changelog;

import dev.lockkeeper.model.Comparison.Verdict;
import dev.lockkeeper.settings.ChangelogSettings;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.change.Change;
import liquibase.change.DbmsTargetedChange;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.filter.ContextChangeSetFilter;
import liquibase.changelog.filter.DbmsChangeSetFilter;
import liquibase.changelog.filter.IgnoreChangeSetFilter;
import liquibase.changelog.filter.LabelChangeSetFilter;
import liquibase.database.Database;
import liquibase.util.LiquibaseUtil;

/**
 * Which change sets are chosen by contexts, labels and dbms according to Liquibase's own filters, and why others are
 * left out.
 */
public final class Choice {
    /** Liquibase 5 passes over a change set if none of its changes is for this database; 4 only if it has one change. */
    private static final boolean PASSES_OVER_SEVERAL =
            !LiquibaseUtil.getBuildVersion().startsWith("4.");

    private final Database database;
    private final List<Rule> rules;

    private Choice(Database database, List<Rule> rules) {
        this.database = database;
        this.rules = rules;
    }

    /** A filter, and the sentence that says why it rejects a change set. */
    private record Rule(ChangeSetFilter filter, Verdict.Reason reason, Function<ChangeSet, String> sentence) {
        boolean accepts(ChangeSet changeSet) {
            return filter.accepts(changeSet).isAccepted();
        }
    }

    /** The choice for a run with these settings on this kind of database. */
    public static Choice of(ChangelogSettings settings, Database database) {
        return new Choice(
                database,
                List.of(
                        new Rule(
                                new ContextChangeSetFilter(new Contexts(settings.contexts())),
                                Verdict.Reason.CONTEXTS,
                                changeSet -> "it is for the contexts \"" + changeSet.buildFullContext()
                                        + "\", and this run's are \"" + settings.contexts() + "\""),
                        new Rule(
                                new LabelChangeSetFilter(new LabelExpression(settings.labels())),
                                Verdict.Reason.LABELS,
                                changeSet -> labels(changeSet) + ", and this run takes \"" + settings.labels() + "\""),
                        new Rule(
                                new DbmsChangeSetFilter(database),
                                Verdict.Reason.DBMS,
                                changeSet ->
                                        "it is for dbms " + String.join(", ", new TreeSet<>(changeSet.getDbmsSet()))),
                        new Rule(
                                new IgnoreChangeSetFilter(),
                                Verdict.Reason.IGNORED,
                                changeSet -> "it says ignore: true")));
    }

    private static String labels(ChangeSet changeSet) {
        String labels = changeSet.buildFullLabels();
        return labels == null || labels.isEmpty() ? "it has no labels" : "its labels are \"" + labels + "\"";
    }

    /**
     * Whether Liquibase validates the change set. It also validates one that says {@code ignore: true}, and skips it
     * later.
     */
    public boolean validates(ChangeSet changeSet) {
        return rules.stream()
                .filter(rule -> rule.reason() != Verdict.Reason.IGNORED)
                .allMatch(rule -> rule.accepts(changeSet));
    }

    /** Whether the change set can run, if the history doesn't have it yet. */
    public boolean includes(ChangeSet changeSet) {
        return rules.stream().allMatch(rule -> rule.accepts(changeSet));
    }

    /**
     * Why a change set that is included does nothing here and gets no row: Liquibase passes over one whose only change is
     * for another database or operating system, and calls it pending for ever.
     */
    Optional<Verdict.LeftOut> passedOver(ChangeSet changeSet) {
        List<Change> changes = changeSet.getChanges();
        if (changes.isEmpty() || (changes.size() > 1 && !PASSES_OVER_SEVERAL)) {
            return Optional.empty();
        }
        if (changes.stream().noneMatch(change -> ChangeSetSql.isFor(change, database))) {
            return Optional.of(new Verdict.LeftOut(
                    Verdict.Reason.DBMS,
                    changes.get(0) instanceof DbmsTargetedChange only && changes.size() == 1
                            ? "its only change is for dbms " + only.getDbms()
                            : "all its changes are for another dbms"));
        }
        return changes.size() > 1 || changes.get(0).shouldRunOnOs()
                ? Optional.empty()
                : Optional.of(
                        new Verdict.LeftOut(Verdict.Reason.DBMS, "its only change is for another operating system"));
    }

    /** Why the change set is left out; empty if it is included. The first reason counts. */
    Optional<Verdict.LeftOut> leftOut(ChangeSet changeSet) {
        return rules.stream()
                .filter(rule -> !rule.accepts(changeSet))
                .findFirst()
                .map(rule -> new Verdict.LeftOut(rule.reason(), rule.sentence().apply(changeSet)));
    }
}
