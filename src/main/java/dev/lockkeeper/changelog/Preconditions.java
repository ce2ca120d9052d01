package dev.lockkeeper.changelog;

import dev.lockkeeper.sql.QuestionMarks;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.precondition.Precondition;
import liquibase.precondition.PreconditionLogic;
import liquibase.precondition.core.ChangeLogPropertyDefinedPrecondition;
import liquibase.precondition.core.SqlPrecondition;

/** The preconditions of a parsed changelog: its own, those of included files, and those of change sets. */
final class Preconditions {
    private Preconditions() {}

    /** Whether one asks for a {@code database.…} property, whose value only a connection has. */
    static boolean needDatabase(DatabaseChangeLog parsed) {
        return all(parsed)
                .anyMatch(one -> one instanceof ChangeLogPropertyDefinedPrecondition defined
                        && defined.getProperty() != null
                        && defined.getProperty().toLowerCase(Locale.ROOT).startsWith("database."));
    }

    /**
     * Lets {@code sqlCheck} use operators with a question mark: Liquibase prepares its query, and pgjdbc takes a single one
     * for a parameter.
     */
    static void allowQuestionMarks(DatabaseChangeLog parsed) {
        all(parsed)
                .filter(one -> one instanceof SqlPrecondition check && check.getSql() != null)
                .map(SqlPrecondition.class::cast)
                .forEach(check -> check.setSql(QuestionMarks.doubled(check.getSql())));
    }

    private static Stream<Precondition> all(DatabaseChangeLog parsed) {
        return Stream.concat(
                        Stream.of(parsed.getPreconditions()),
                        parsed.getChangeSets().stream().map(ChangeSet::getPreconditions))
                .filter(Objects::nonNull)
                .flatMap(Preconditions::nested);
    }

    private static Stream<Precondition> nested(Precondition precondition) {
        return precondition instanceof PreconditionLogic logic
                ? logic.getNestedPreconditions().stream().flatMap(Preconditions::nested)
                : Stream.of(precondition);
    }
}
