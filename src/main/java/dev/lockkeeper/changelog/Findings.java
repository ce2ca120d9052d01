package dev.lockkeeper.changelog;

import dev.lockkeeper.model.Counted;
import dev.lockkeeper.model.Event;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.sql.SqlScript;
import dev.lockkeeper.model.sql.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;

/** What a changelog does that is allowed but takes a promise away: warnings, and errors under {@code --strict}. */
public final class Findings {
    private Findings() {}

    /** Looks into every change set. */
    public static List<Event.Finding> of(Changelog changelog) throws Failure {
        return in(changelog, null);
    }

    /** Looks into the given change sets only, as {@code file::id::author}; null means all. */
    public static List<Event.Finding> in(Changelog changelog, @org.jspecify.annotations.Nullable Set<String> chosen)
            throws Failure {
        try {
            return LiquibaseScope.call(changelog.files(), () -> {
                List<Event.Finding> findings = new ArrayList<>();
                for (ChangeSet changeSet : changelog.parsed().getChangeSets()) {
                    String where = ChangeSets.id(changeSet).toString();
                    if (chosen == null || chosen.contains(where)) {
                        Placeholders.unfilled(changeSet, changelog.needsDatabase())
                                .ifPresent(names -> findings.add(new Event.Finding(
                                        where,
                                        "uses " + names + ", to which nothing gives a value: it stays in the SQL as it"
                                                + " stands. Define it by LOCKKEEPER_PARAMETERS or a property")));
                        sentences(changeSet).forEach(what -> findings.add(new Event.Finding(where, what)));
                    }
                }
                return findings;
            });
        } catch (Exception e) {
            throw new Failure(new Outcome.Defect("looking into the changelog: " + e), e);
        }
    }

    private static List<String> sentences(ChangeSet changeSet) {
        List<SqlStatement> statements = new ArrayList<>();
        int others = 0;
        for (Change change : changeSet.getChanges()) {
            List<SqlStatement> script =
                    ChangeSets.script(change).map(SqlScript::statements).orElse(List.of());
            statements.addAll(script);
            others += script.isEmpty() ? 1 : 0;
        }
        return changeSet.isRunInTransaction() ? transactional(statements) : nonTransactional(statements, others);
    }

    private static List<String> transactional(List<SqlStatement> statements) {
        List<String> sentences = new ArrayList<>();
        for (SqlStatement statement : statements) {
            if (statement.endsTransaction() || statement.startsTransaction()) {
                sentences.add(
                        "\"" + statement.firstLine(60) + "\" ends or begins a transaction itself, so the change set"
                                + " and its history row can't land together: remove it, Lockkeeper commits");
            }
            if (statement.commitsInside() && statement.isDo()) {
                sentences.add("\"" + statement.firstLine(60) + "\" commits inside its body, which the server refuses"
                        + " inside a transaction (2D000): say runInTransaction:false on a change set of its own");
            }
            if (statement.givesLockAway()) {
                sentences.add("\"" + statement.firstLine(60) + "\" gives the migration lock away: remove it");
            }
            statement
                    .calls()
                    .ifPresent(procedure -> sentences.add(
                            "CALL " + procedure + " may commit: if it does, the change set isn't atomic"));
            if (statement.needsAutocommit()) {
                sentences.add("\"" + statement.firstLine(60) + "\" can't run inside a transaction: say"
                        + " runInTransaction:false on a change set of its own");
            }
        }
        return sentences;
    }

    private static List<String> nonTransactional(List<SqlStatement> statements, int others) {
        int all = statements.size() + others;
        return all <= 1
                ? List.of()
                : List.of("runs outside a transaction with " + Counted.of(all, "statement")
                        + ": one that fails leaves those before it done and unrecorded; split it, one statement each");
    }
}
