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
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import liquibase.changelog.ChangeSet;

/** What a changelog does that is allowed but voids a guarantee: warnings, and errors under {@code --strict}. */
public final class Findings {
    private Findings() {}

    /** Examines every change set that contexts, labels and dbms choose. */
    public static List<Event.Finding> of(Changelog changelog) throws Failure {
        return of(changelog, changelog.parsed().getChangeSets());
    }

    /** Examines only these of the change sets that contexts, labels and dbms choose. */
    public static List<Event.Finding> in(Changelog changelog, Set<ChangeSetId> some) throws Failure {
        return of(
                changelog,
                changelog.parsed().getChangeSets().stream()
                        .filter(changeSet -> some.contains(ChangeSets.id(changeSet)))
                        .toList());
    }

    private static List<Event.Finding> of(Changelog changelog, List<ChangeSet> changeSets) throws Failure {
        try {
            return LiquibaseScope.call(changelog.files(), changelog.database(), () -> {
                Choice choice = Choice.of(changelog.settings(), changelog.database());
                return changeSets.stream()
                        .filter(choice::includes)
                        .flatMap(changeSet -> findings(changelog, changeSet))
                        .toList();
            });
        } catch (Exception e) {
            throw new Failure(new Outcome.Defect("examining the changelog: " + e), e);
        }
    }

    private static Stream<Event.Finding> findings(Changelog changelog, ChangeSet changeSet) {
        Rule.Subject subject = new Rule.Subject(
                changeSet, ChangeSetSql.of(changeSet, changelog.database()), changelog.needsDatabase());
        String where = ChangeSets.id(changeSet).toString();
        return Rules.ALL.stream()
                .flatMap(rule ->
                        rule.sentences().apply(subject).map(what -> new Event.Finding(rule.level(), where, what)));
    }
}
