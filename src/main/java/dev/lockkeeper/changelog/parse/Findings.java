package dev.lockkeeper.changelog.parse;

import dev.lockkeeper.changelog.ChangeSetSql;
import dev.lockkeeper.changelog.ChangeSets;
import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.Choice;
import dev.lockkeeper.changelog.LiquibaseScope;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import liquibase.changelog.ChangeSet;

/** What a changelog does that is allowed but voids a guarantee: warnings, and errors under {@code --strict}. */
public final class Findings {
    private Findings() {}

    /** Examines every change set that contexts, labels and dbms choose, as if all tables were in use. */
    public static List<Event.Finding> of(Changelog changelog) throws Failure {
        return of(changelog, changelog.parsed().getChangeSets(), true);
    }

    /**
     * Examines only these of the change sets that contexts, labels and dbms choose.
     *
     * @param tablesInUse false if there is no table yet for which an app could wait
     */
    public static List<Event.Finding> in(Changelog changelog, Set<ChangeSetId> some, boolean tablesInUse)
            throws Failure {
        return of(
                changelog,
                changelog.parsed().getChangeSets().stream()
                        .filter(changeSet -> some.contains(ChangeSets.id(changeSet)))
                        .toList(),
                tablesInUse);
    }

    private static List<Event.Finding> of(Changelog changelog, List<ChangeSet> changeSets, boolean tablesInUse)
            throws Failure {
        try {
            return LiquibaseScope.call(changelog.files(), changelog.database(), () -> {
                Choice choice = Choice.of(changelog.settings(), changelog.database());
                List<Rule.Subject> subjects = changeSets.stream()
                        .filter(choice::includes)
                        .map(changeSet -> subject(changelog, changeSet))
                        .toList();
                List<Rule> rules = new ArrayList<>(Rules.ALL);
                if (tablesInUse) {
                    rules.addAll(Rules.FOR_TABLES_IN_USE);
                }
                return Stream.concat(
                                UnfilledParameters.in(subjects),
                                subjects.stream().flatMap(subject -> findings(subject, rules)))
                        .toList();
            });
        } catch (Exception e) {
            throw new Failure(new Outcome.Defect("examining the changelog: " + e), e);
        }
    }

    private static Rule.Subject subject(Changelog changelog, ChangeSet changeSet) {
        return new Rule.Subject(changeSet, ChangeSetSql.of(changeSet, changelog.database()), changelog.needsDatabase());
    }

    private static Stream<Event.Finding> findings(Rule.Subject subject, List<Rule> rules) {
        String where = ChangeSets.id(subject.changeSet()).toString();
        return rules.stream()
                .flatMap(rule ->
                        rule.sentences().apply(subject).map(what -> new Event.Finding(rule.level(), where, what)));
    }
}
