package dev.lockkeeper.changelog.parse;

import dev.lockkeeper.changelog.ChangeSetSql;
import dev.lockkeeper.changelog.ChangeSets;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.sql.SqlStatement;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import liquibase.changelog.ChangeSet;

/**
 * How to recognise something in a change set that is allowed but voids a guarantee.
 *
 * @param level ERROR if the change set can't run as it is meant: it is refused unless it already ran; INFO isn't a warning
 * @param sentences a sentence for each finding, without its subject (the change set) and without a full stop
 */
record Rule(Event.Level level, Function<Subject, Stream<String>> sentences) {

    /** A change set, its statements as far as they are known, and whether it was parsed without a connection. */
    record Subject(ChangeSet changeSet, ChangeSetSql sql, boolean offline) {
        boolean transactional() {
            return changeSet.isRunInTransaction();
        }

        boolean batched() {
            return ChangeSets.options(changeSet).batched();
        }

        List<SqlStatement> statements() {
            return sql.statements();
        }
    }

    static Rule warning(Function<Subject, Stream<String>> sentences) {
        return new Rule(Event.Level.WARN, sentences);
    }

    /** Warns about every such statement in a transactional change set. */
    static Rule inTransaction(Predicate<SqlStatement> condition, String sentence) {
        return warning(subject -> subject.statements().stream()
                .filter(statement -> subject.transactional() && condition.test(statement))
                .map(statement -> "\"" + statement.onOneLine(60) + "\" " + sentence));
    }

    /** Warns once about a change set. */
    static Rule warning(Predicate<Subject> condition, String sentence) {
        return warning(subject -> condition.test(subject) ? Stream.of(sentence) : Stream.of());
    }

    /** Refuses a change set that hasn't run yet. */
    static Rule refusal(Predicate<Subject> condition, Function<Subject, String> sentence) {
        return new Rule(
                Event.Level.ERROR,
                subject -> condition.test(subject) ? Stream.of(sentence.apply(subject)) : Stream.of());
    }
}
