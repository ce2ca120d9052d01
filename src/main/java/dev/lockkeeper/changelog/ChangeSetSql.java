package dev.lockkeeper.changelog;

import dev.lockkeeper.sql.SqlScript;
import dev.lockkeeper.sql.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import liquibase.change.AbstractSQLChange;
import liquibase.change.Change;
import liquibase.change.DbmsTargetedChange;
import liquibase.change.core.CreateIndexChange;
import liquibase.change.core.DropIndexChange;
import liquibase.change.core.OutputChange;
import liquibase.changelog.ChangeSet;
import liquibase.database.Database;
import liquibase.database.DatabaseList;
import liquibase.sql.Sql;
import liquibase.sql.visitor.SqlVisitor;
import liquibase.sqlgenerator.SqlGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * The statements that a change set sends to a database, as far as they are known before it runs. Changes for another
 * database contribute nothing.
 *
 * @param unknown the number of changes whose statements are only known when they run, such as {@code customChange} or
 *     {@code loadData}
 */
public record ChangeSetSql(List<SqlStatement> statements, int unknown) {
    /**
     * What Liquibase also ends a statement at, if no other delimiter is set: GO and a slash that begin a line, whatever
     * follows. Behind a comment the line may begin too, because Liquibase can be told to remove comments first.
     */
    private static final Pattern OTHER_DELIMITER = Pattern.compile("(?i)(?:\\A\\s*|\n|\\*/)(?:go\\b|/(?!\\*))");

    public ChangeSetSql {
        statements = List.copyOf(statements);
    }

    /** All statements that are known. Takes a while for changes whose SQL Liquibase generates. */
    public static ChangeSetSql of(ChangeSet changeSet, Database database) {
        return of(changeSet, database, change -> true);
    }

    /**
     * What can be found out quickly for every change set of a large changelog. Of the changes whose SQL Liquibase
     * generates, only those that concern an index are included.
     */
    public static ChangeSetSql outline(ChangeSet changeSet, Database database) {
        return of(changeSet, database, ChangeSetSql::isOutlined);
    }

    /** Whether the outline of a change set includes the statements of this change. */
    public static boolean isOutlined(Change change) {
        return change instanceof AbstractSQLChange
                || change instanceof CreateIndexChange
                || change instanceof DropIndexChange;
    }

    private static ChangeSetSql of(ChangeSet changeSet, Database database, Predicate<Change> known) {
        List<SqlStatement> statements = new ArrayList<>();
        int unknown = 0;
        for (Change change : changeSet.getChanges()) {
            if (isFor(change, database)) {
                Optional<List<SqlStatement>> some =
                        known.test(change) ? of(change, changeSet.getSqlVisitors(), database) : Optional.empty();
                some.ifPresent(statements::addAll);
                unknown += some.isPresent() ? 0 : 1;
            }
        }
        return new ChangeSetSql(statements, unknown);
    }

    /** Whether the change, as opposed to its change set, is for this kind of database. */
    static boolean isFor(Change change, Database database) {
        return !(change instanceof DbmsTargetedChange targeted)
                || DatabaseList.definitionMatches(targeted.getDbms(), database, true);
    }

    /**
     * The statements of one change.
     *
     * @param visitors what {@code modifySql} asks for, applied if it is for this database
     * @return empty if they are only known when the change runs
     */
    public static Optional<List<SqlStatement>> of(Change change, List<SqlVisitor> visitors, Database database) {
        List<SqlVisitor> applicable = visitors.stream()
                .filter(one -> DatabaseList.definitionMatches(one.getApplicableDbms(), database, true))
                .toList();
        if (!(change instanceof AbstractSQLChange written)) {
            return generated(change, applicable, database);
        }
        String text = text(written);
        if (text == null) {
            return Optional.empty();
        }
        // Liquibase's own splitting takes fifty times as long.
        return applicable.isEmpty() && endsAtSemicolons(written, text)
                ? Optional.of(SqlScript.parse(text.replace("\r", "")).statements())
                : generated(change, applicable, database);
    }

    /** The change's SQL; null if it has none, or can't be read. */
    public static @Nullable String text(AbstractSQLChange change) {
        try {
            return change.getSql();
        } catch (RuntimeException e) {
            // Its file doesn't exist, which the checks report for all change sets at once.
            return null;
        }
    }

    private static boolean endsAtSemicolons(AbstractSQLChange change, String text) {
        String delimiter = change.getEndDelimiter();
        if (delimiter != null) {
            return delimiter.equals(";");
        }
        return !change.isSplitStatements() || !OTHER_DELIMITER.matcher(text).find();
    }

    private static Optional<List<SqlStatement>> generated(Change change, List<SqlVisitor> visitors, Database database) {
        // Generating the SQL of an output change prints its text.
        if (change instanceof OutputChange) {
            return Optional.empty();
        }
        try {
            if (change.generateStatementsVolatile(database)) {
                return Optional.empty();
            }
            List<SqlStatement> statements = new ArrayList<>();
            for (Sql sql : SqlGeneratorFactory.getInstance().generateSql(change, database)) {
                String text = sql.toSql();
                for (SqlVisitor visitor : visitors) {
                    text = visitor.modifySql(text, database);
                }
                statements.addAll(SqlScript.parse(text).statements());
            }
            return Optional.of(statements);
        } catch (RuntimeException e) {
            // Some changes can't generate their SQL without a connection.
            return Optional.empty();
        }
    }
}
