package dev.lockkeeper.changelog.parse;

import static dev.lockkeeper.changelog.parse.Rule.inTransaction;
import static dev.lockkeeper.changelog.parse.Rule.refusal;
import static dev.lockkeeper.changelog.parse.Rule.warning;

import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.sql.SqlStatement;
import dev.lockkeeper.sql.outside.Effect;
import dev.lockkeeper.text.Counted;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import liquibase.change.AbstractSQLChange;

/** All rules for change sets. */
final class Rules {
    static final List<Rule> ALL = List.of(
            refusal(
                    subject -> subject.changeSet().getRunWith() != null
                            && !subject.changeSet().getRunWith().equals("jdbc"),
                    subject -> "asks for runWith: " + subject.changeSet().getRunWith()
                            + ", a program that isn't in this image: write it as plain SQL"),
            refusal(
                    subject -> failsForGood(subject, SqlStatement::isForPsql),
                    subject ->
                            "needs psql, which isn't in this image (one of its commands, or COPY from or to the client): load"
                                    + " the rows by loadData or INSERT, and leave psql's commands out"),
            refusal(
                    subject -> failsForGood(subject, SqlStatement::isCutShort),
                    subject ->
                            "has a statement that ends within a quote or within a body: if it was split at a semicolon in"
                                    + " there, say splitStatements:false"),
            refusal(
                    subject -> subject.statements().stream().anyMatch(SqlStatement::preparesTransaction),
                    subject -> "prepares a transaction (PREPARE TRANSACTION), which keeps its locks and isn't committed"
                            + " although the change set is recorded as done: remove it, Lockkeeper commits"),
            new Rule(Event.Level.ERROR, Rules::unusableDelimiters),
            inTransaction(
                    statement -> (statement.endsTransaction() && !statement.preparesTransaction())
                            || statement.startsTransaction(),
                    "ends or begins a transaction itself, so the change set and its history row can't be committed"
                            + " together: remove it, Lockkeeper commits"),
            inTransaction(
                    statement -> statement.commitsInside() && statement.isDo(),
                    "commits inside its body, which the server refuses inside a transaction (2D000): use"
                            + " runInTransaction:false on a change set of its own"),
            inTransaction(SqlStatement::givesLockAway, "gives the migration lock away: remove it"),
            inTransaction(
                    SqlStatement::needsAutocommit,
                    "can't run inside a transaction: use runInTransaction:false on a change set of its own"),
            warning(Rules::severalStatementsWithoutTransaction),
            warning(Rules::notRecognisedAfterwards),
            warning(
                    subject -> !subject.transactional()
                            && subject.statements().stream().anyMatch(SqlStatement::buildsUnnamedIndexConcurrently),
                    "builds an index without a name: if that is cut short, it leaves an INVALID index that nobody knows"
                            + " to be its leftover; name it"),
            warning(
                    subject ->
                            subject.batched() && subject.statements().stream().noneMatch(SqlStatement::hasLimit),
                    "is batched without LIMIT: its first batch takes all rows in one transaction"),
            warning(
                    subject ->
                            subject.batched() && subject.statements().stream().anyMatch(SqlStatement::findsTheSameRows),
                    "is batched with a LIMIT but no condition beside it: each batch finds the same rows again"),
            warning(
                    subject ->
                            subject.batched() && subject.statements().stream().anyMatch(SqlStatement::skipsLocked),
                    "is batched with SKIP LOCKED: it ends when all rows left are locked by others, and counts as done"),
            new Rule(Event.Level.INFO, Rules::batches));

    /** What matters only if an app uses the tables meanwhile. */
    static final List<Rule> FOR_TABLES_IN_USE = List.of(warning(Rules::locksOnTwoTables));

    private Rules() {}

    private static boolean failsForGood(Rule.Subject subject, Predicate<SqlStatement> condition) {
        return !Boolean.FALSE.equals(subject.changeSet().getFailOnError())
                && subject.statements().stream().anyMatch(condition);
    }

    /** Liquibase takes a delimiter of several characters for a regular expression, in which white space may come first. */
    private static Stream<String> unusableDelimiters(Rule.Subject subject) {
        return subject.changeSet().getChanges().stream()
                .filter(AbstractSQLChange.class::isInstance)
                .map(change -> ((AbstractSQLChange) change).getEndDelimiter())
                .filter(delimiter -> delimiter != null && delimiter.length() > 1 && !compiles("\\s*" + delimiter))
                .map(delimiter ->
                        "has the endDelimiter \"" + delimiter + "\", which isn't a regular expression that Java"
                                + " understands: put a backslash before characters such as * and (");
    }

    private static boolean compiles(String expression) {
        try {
            Pattern.compile(expression);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static Stream<String> locksOnTwoTables(Rule.Subject subject) {
        return subject.transactional()
                ? ExistingTables.lockedBy(subject.statements())
                        .map(tables -> "locks " + tables + " in one transaction: while it waits for the second,"
                                + " the app waits for the first. Use a change set for each if the change allows")
                        .stream()
                : Stream.of();
    }

    private static Stream<String> severalStatementsWithoutTransaction(Rule.Subject subject) {
        int all = all(subject);
        return subject.transactional() || all < 2
                ? Stream.of()
                : Stream.of("runs outside a transaction with " + Counted.of(all, "statement")
                        + ": one that fails leaves those before it done and unrecorded; split it, one statement each");
    }

    private static int all(Rule.Subject subject) {
        return subject.statements().size() + subject.sql().unknown();
    }

    /** Only of a single statement: others are to be split first. */
    private static Stream<String> notRecognisedAfterwards(Rule.Subject subject) {
        if (subject.transactional() || subject.batched() || all(subject) != 1) {
            return Stream.of();
        }
        return subject.statements().stream()
                .filter(statement -> Effect.of(statement) instanceof Effect.Unrecognised
                        && !statement.buildsUnnamedIndexConcurrently())
                .map(statement ->
                        "\"" + statement.onOneLine(60) + "\" runs outside a transaction, and whether it did can't be"
                                + " recognised: if a run is cut short before the history row, the next one runs it again. "
                                + (statement.mayCommit()
                                        ? "Make sure that this does no harm"
                                        : "Write IF [NOT] EXISTS, or remove runInTransaction:false"));
    }

    private static Stream<String> batches(Rule.Subject subject) {
        return subject.batched()
                ? Stream.of("is batched: plain Liquibase would run one batch and record the change set as done")
                : Stream.of();
    }
}
