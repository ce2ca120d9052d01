package dev.lockkeeper.changelog;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.ChangeSetOptions;
import dev.lockkeeper.model.IndexName;
import dev.lockkeeper.model.sql.SqlScript;
import dev.lockkeeper.model.sql.SqlStatement;
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

/** Reads Liquibase's change sets into our own terms. */
final class ChangeSets {
    private ChangeSets() {}

    static ChangeSetId id(ChangeSet changeSet) {
        return new ChangeSetId(changeSet.getFilePath(), changeSet.getId(), changeSet.getAuthor());
    }

    static ChangeSetInfo info(ChangeSet changeSet) {
        ChangeSetOptions options = options(changeSet);
        List<IndexName> indexes = indexes(changeSet);
        return new ChangeSetInfo(
                id(changeSet),
                changeSet.isRunInTransaction(),
                tags(changeSet),
                indexes,
                drops(changeSet),
                traits(changeSet, indexes.size(), options),
                options);
    }

    /** A comment that can't be understood is named by {@link ChangelogChecks} before anything runs. */
    private static ChangeSetOptions options(ChangeSet changeSet) {
        try {
            return CommentOptions.parse(changeSet.getComments(), changeSet.isRunInTransaction());
        } catch (IllegalArgumentException e) {
            return ChangeSetOptions.NONE;
        }
    }

    private static ChangeSetInfo.Traits traits(ChangeSet changeSet, int indexes, ChangeSetOptions options) {
        List<SqlStatement> statements = changeSet.getChanges().stream()
                .flatMap(change -> script(change).stream())
                .flatMap(script -> script.statements().stream())
                .toList();
        boolean atomic = changeSet.isRunInTransaction()
                && statements.stream()
                        .noneMatch(statement ->
                                statement.endsTransaction() || statement.calls().isPresent());
        boolean onlyIndexes = indexes > 0 && indexes == statements(changeSet);
        return new ChangeSetInfo.Traits(
                atomic,
                atomic || onlyIndexes || options.batched(),
                statements.stream().anyMatch(SqlStatement::altersSession));
    }

    /** How many statements it has; a change that isn't written as SQL counts as one. */
    private static int statements(ChangeSet changeSet) {
        return changeSet.getChanges().stream()
                .mapToInt(change ->
                        script(change).map(script -> script.statements().size()).orElse(1))
                .sum();
    }

    private static List<String> tags(ChangeSet changeSet) {
        return changeSet.getChanges().stream()
                .filter(TagDatabaseChange.class::isInstance)
                .map(change -> ((TagDatabaseChange) change).getTag())
                .toList();
    }

    /** Only a change set outside a transaction can leave an INVALID index, so only its SQL is looked into. */
    private static List<IndexName> indexes(ChangeSet changeSet) {
        if (changeSet.isRunInTransaction()) {
            return List.of();
        }
        return changeSet.getChanges().stream().flatMap(ChangeSets::indexes).toList();
    }

    private static List<IndexName> drops(ChangeSet changeSet) {
        return changeSet.getChanges().stream().flatMap(ChangeSets::drops).toList();
    }

    private static Stream<IndexName> drops(Change change) {
        if (change instanceof DropIndexChange drop && drop.getIndexName() != null) {
            return Stream.of(new IndexName(Optional.ofNullable(drop.getSchemaName()), folded(drop.getIndexName())));
        }
        return script(change).stream()
                .flatMap(script -> script.statements().stream())
                .flatMap(statement -> statement.droppedIndexes().stream())
                .map(index -> new IndexName(index.schema(), index.name()));
    }

    private static Stream<IndexName> indexes(Change change) {
        if (change instanceof CreateIndexChange create && create.getIndexName() != null) {
            return Stream.of(new IndexName(Optional.ofNullable(create.getSchemaName()), folded(create.getIndexName())));
        }
        return script(change).stream()
                .flatMap(script -> script.statements().stream())
                .flatMap(statement -> statement.createdIndex().stream())
                .map(index -> new IndexName(index.schema(), index.name()));
    }

    /** Liquibase quotes a name of mixed case and leaves any other to PostgreSQL, which folds it. */
    private static String folded(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return name.equals(name.toUpperCase(Locale.ROOT)) ? lower : name;
    }

    /** The SQL of a change that is written as SQL. */
    static Optional<SqlScript> script(Change change) {
        return change instanceof AbstractSQLChange sql && sql.getSql() != null
                ? Optional.of(SqlScript.parse(sql.getSql()))
                : Optional.empty();
    }
}
