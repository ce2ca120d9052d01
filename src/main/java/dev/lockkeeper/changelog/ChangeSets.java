package dev.lockkeeper.changelog;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.ChangeSetOptions;
import dev.lockkeeper.model.QualifiedName;
import dev.lockkeeper.sql.CreatedIndex;
import dev.lockkeeper.sql.SqlStatement;
import dev.lockkeeper.sql.outside.Effect;
import java.util.List;
import liquibase.change.core.TagDatabaseChange;
import liquibase.change.custom.CustomChangeWrapper;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.Database;

/** Converts Liquibase's change sets to our own types. */
public final class ChangeSets {
    private ChangeSets() {}

    public static ChangeSetId id(ChangeSet changeSet) {
        return new ChangeSetId(changeSet.getFilePath(), changeSet.getId(), changeSet.getAuthor());
    }

    /** Its name without a logical path that it inherits. A history may have it under this one or under {@link #id}. */
    public static ChangeSetId ownId(ChangeSet changeSet) {
        String path = changeSet instanceof NamedChangeSet named ? named.ownPath() : changeSet.getFilePath();
        return new ChangeSetId(DatabaseChangeLog.normalizePath(path), changeSet.getId(), changeSet.getAuthor());
    }

    /** Describes a change set. This reads its SQL, so {@link Changelog#info} keeps the result. */
    static ChangeSetInfo info(ChangeSet changeSet, Database database) {
        ChangeSetOptions options = options(changeSet);
        ChangeSetSql sql = ChangeSetSql.outline(changeSet, database);
        List<QualifiedName> indexes = indexes(changeSet, sql);
        boolean beginsAgain = sql.unknown() == 0
                && sql.statements().stream().noneMatch(one -> Effect.of(one) instanceof Effect.Unrecognised);
        return new ChangeSetInfo(
                id(changeSet),
                changeSet.isRunInTransaction(),
                tags(changeSet),
                indexes,
                sql.statements().stream()
                        .flatMap(statement -> statement.droppedIndexes().stream())
                        .toList(),
                traits(changeSet, sql.statements(), beginsAgain || options.batched()),
                options);
    }

    /** The options in its comment; none if it can't be understood, which the checks report before anything runs. */
    public static ChangeSetOptions options(ChangeSet changeSet) {
        try {
            return CommentOptions.parse(changeSet.getComments(), changeSet.isRunInTransaction());
        } catch (IllegalArgumentException e) {
            return ChangeSetOptions.NONE;
        }
    }

    /** A procedure or DO block can't end the change set's transaction: the server refuses that (2D000). */
    private static ChangeSetInfo.Traits traits(
            ChangeSet changeSet, List<SqlStatement> statements, boolean beginsAgain) {
        boolean atomic = changeSet.isRunInTransaction() && statements.stream().noneMatch(SqlStatement::endsTransaction);
        return new ChangeSetInfo.Traits(
                atomic,
                atomic || beginsAgain,
                isWrittenElsewhere(changeSet) || statements.stream().anyMatch(SqlStatement::altersSession));
    }

    /** Whether it holds statements that nobody has read yet: a class's own, or those that modifySql adds. */
    private static boolean isWrittenElsewhere(ChangeSet changeSet) {
        return !changeSet.getSqlVisitors().isEmpty()
                || changeSet.getChanges().stream().anyMatch(CustomChangeWrapper.class::isInstance);
    }

    private static List<String> tags(ChangeSet changeSet) {
        return changeSet.getChanges().stream()
                .filter(TagDatabaseChange.class::isInstance)
                .map(change -> ((TagDatabaseChange) change).getTag())
                .toList();
    }

    /** Only a change set outside a transaction can leave an INVALID index, so only its SQL is searched. */
    private static List<QualifiedName> indexes(ChangeSet changeSet, ChangeSetSql sql) {
        return changeSet.isRunInTransaction()
                ? List.of()
                : sql.statements().stream()
                        .flatMap(statement -> statement.createdIndex().stream())
                        .map(CreatedIndex::qualifiedName)
                        .toList();
    }
}
