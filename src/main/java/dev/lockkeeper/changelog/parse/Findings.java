package dev.lockkeeper.changelog.parse;

import dev.lockkeeper.changelog.ChangeSets;
import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.LiquibaseScope;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.sql.SqlScript;
import dev.lockkeeper.sql.SqlStatement;
import dev.lockkeeper.text.Counted;
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
                                        Event.Level.WARN,
                                        where,
                                        "uses " + names + ", to which nothing gives a value: it stays in the SQL as it"
                                                + " stands. Define it by LOCKKEEPER_PARAMETERS or a property")));
                        sentences(changeSet)
                                .forEach(what -> findings.add(new Event.Finding(Event.Level.WARN, where, what)));
                        if (ChangeSets.options(changeSet).batched()) {
                            findings.add(
                                    new Event.Finding(
                                            Event.Level.INFO,
                                            where,
                                            "is batched: plain Liquibase would run one batch and record the change set as done"));
                        }
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
        if (!changeSet.isRunInTransaction()) {
            return nonTransactional(changeSet, statements, others);
        }
        List<String> sentences = transactional(statements);
        ExistingTables.lockedBy(changeSet)
                .ifPresent(tables ->
                        sentences.add("locks " + tables + " in one transaction: while it waits for the second,"
                                + " the app waits for the first. Use a change set for each where the change allows"));
        return sentences;
    }

    private static List<String> transactional(List<SqlStatement> statements) {
        List<String> sentences = new ArrayList<>();
        for (SqlStatement statement : statements) {
            if (statement.endsTransaction() || statement.startsTransaction()) {
                sentences.add(
                        "\"" + statement.onOneLine(60) + "\" ends or begins a transaction itself, so the change set"
                                + " and its history row can't land together: remove it, Lockkeeper commits");
            }
            if (statement.commitsInside() && statement.isDo()) {
                sentences.add("\"" + statement.onOneLine(60) + "\" commits inside its body, which the server refuses"
                        + " inside a transaction (2D000): say runInTransaction:false on a change set of its own");
            }
            if (statement.givesLockAway()) {
                sentences.add("\"" + statement.onOneLine(60) + "\" gives the migration lock away: remove it");
            }
            statement
                    .calls()
                    .ifPresent(procedure -> sentences.add(
                            "CALL " + procedure + " may commit: if it does, the change set isn't atomic"));
            if (statement.needsAutocommit()) {
                sentences.add("\"" + statement.onOneLine(60) + "\" can't run inside a transaction: say"
                        + " runInTransaction:false on a change set of its own");
            }
        }
        return sentences;
    }

    private static List<String> nonTransactional(ChangeSet changeSet, List<SqlStatement> statements, int others) {
        int all = statements.size() + others;
        List<String> sentences = new ArrayList<>();
        if (all > 1) {
            sentences.add("runs outside a transaction with " + Counted.of(all, "statement")
                    + ": one that fails leaves those before it done and unrecorded; split it, one statement each");
        }
        if (statements.stream().anyMatch(SqlStatement::buildsUnnamedIndexConcurrently)) {
            sentences.add(
                    "builds an index without a name: cut short, it leaves an INVALID index that nobody knows to be"
                            + " its leftover; name it");
        }
        if (ChangeSets.options(changeSet).batched()) {
            if (statements.stream().noneMatch(SqlStatement::hasLimit)) {
                sentences.add("is batched without LIMIT: its first batch takes all rows in one transaction");
            }
            if (statements.stream().anyMatch(SqlStatement::skipsLocked)) {
                sentences.add(
                        "is batched with SKIP LOCKED: it ends where all rows left are locked by others, and counts as"
                                + " done");
            }
        }
        return sentences;
    }
}
