package dev.lockkeeper.changelog;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.ChangeSetOptions;
import dev.lockkeeper.model.QualifiedName;
import dev.lockkeeper.sql.SqlScript;
import dev.lockkeeper.sql.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import liquibase.change.AbstractSQLChange;
import liquibase.change.Change;
import liquibase.change.core.CreateIndexChange;
import liquibase.change.core.DropIndexChange;
import liquibase.change.core.TagDatabaseChange;
import liquibase.changelog.ChangeSet;
import org.jspecify.annotations.Nullable;

/** Reads Liquibase's change sets into our own terms. */
public final class ChangeSets {
    private ChangeSets() {}

    public static ChangeSetId id(ChangeSet changeSet) {
        return new ChangeSetId(changeSet.getFilePath(), changeSet.getId(), changeSet.getAuthor());
    }

    /** Reads a change set's SQL, once; {@link Changelog#info} keeps what it says. */
    static ChangeSetInfo info(ChangeSet changeSet) {
        ChangeSetOptions options = options(changeSet);
        List<SqlStatement> statements = new ArrayList<>();
        int others = 0;
        for (Change change : changeSet.getChanges()) {
            Optional<SqlScript> script = script(change);
            script.ifPresent(sql -> statements.addAll(sql.statements()));
            others += script.isPresent() ? 0 : 1;
        }
        List<QualifiedName> indexes = indexes(changeSet, statements);
        boolean onlyIndexes = !indexes.isEmpty() && indexes.size() == statements.size() + others;
        return new ChangeSetInfo(
                id(changeSet),
                changeSet.isRunInTransaction(),
                tags(changeSet),
                indexes,
                drops(changeSet, statements),
                traits(changeSet, statements, onlyIndexes || options.batched()),
                options);
    }

    /** A comment that can't be understood is named by the checks before anything runs. */
    public static ChangeSetOptions options(ChangeSet changeSet) {
        try {
            return CommentOptions.parse(changeSet.getComments(), changeSet.isRunInTransaction());
        } catch (IllegalArgumentException e) {
            return ChangeSetOptions.NONE;
        }
    }

    private static ChangeSetInfo.Traits traits(
            ChangeSet changeSet, List<SqlStatement> statements, boolean beginsAgain) {
        boolean atomic = changeSet.isRunInTransaction()
                && statements.stream()
                        .noneMatch(statement ->
                                statement.endsTransaction() || statement.calls().isPresent());
        return new ChangeSetInfo.Traits(
                atomic, atomic || beginsAgain, statements.stream().anyMatch(SqlStatement::altersSession));
    }

    private static List<String> tags(ChangeSet changeSet) {
        return changeSet.getChanges().stream()
                .filter(TagDatabaseChange.class::isInstance)
                .map(change -> ((TagDatabaseChange) change).getTag())
                .toList();
    }

    /** Only a change set outside a transaction can leave an INVALID index, so only its SQL is looked into. */
    private static List<QualifiedName> indexes(ChangeSet changeSet, List<SqlStatement> statements) {
        if (changeSet.isRunInTransaction()) {
            return List.of();
        }
        Stream<QualifiedName> changes = changeSet.getChanges().stream()
                .filter(change -> change instanceof CreateIndexChange create && create.getIndexName() != null)
                .map(CreateIndexChange.class::cast)
                .map(create -> name(create.getSchemaName(), create.getIndexName()));
        Stream<QualifiedName> sql = statements.stream()
                .flatMap(statement -> statement.createdIndex().stream())
                .map(index -> new QualifiedName(index.schema(), index.name()));
        return Stream.concat(changes, sql).toList();
    }

    private static List<QualifiedName> drops(ChangeSet changeSet, List<SqlStatement> statements) {
        Stream<QualifiedName> changes = changeSet.getChanges().stream()
                .filter(change -> change instanceof DropIndexChange drop && drop.getIndexName() != null)
                .map(DropIndexChange.class::cast)
                .map(drop -> name(drop.getSchemaName(), drop.getIndexName()));
        Stream<QualifiedName> sql = statements.stream()
                .flatMap(statement -> statement.droppedIndexes().stream())
                .map(index -> new QualifiedName(index.schema(), index.name()));
        return Stream.concat(changes, sql).toList();
    }

    private static QualifiedName name(@Nullable String schema, String name) {
        return new QualifiedName(Optional.ofNullable(schema), folded(name));
    }

    /** Liquibase quotes a name of mixed case and leaves any other to PostgreSQL, which folds it. */
    private static String folded(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return name.equals(name.toUpperCase(Locale.ROOT)) ? lower : name;
    }

    /** The SQL of a change that is written as SQL. */
    public static Optional<SqlScript> script(Change change) {
        return change instanceof AbstractSQLChange sql && sql.getSql() != null
                ? Optional.of(SqlScript.parse(sql.getSql()))
                : Optional.empty();
    }
}
