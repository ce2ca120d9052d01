package dev.lockkeeper.changelog.source;

import dev.lockkeeper.changelog.ChangelogFiles;
import java.io.IOException;
import java.util.Optional;
import liquibase.change.Change;
import liquibase.change.core.CreateProcedureChange;
import liquibase.change.core.CreateViewChange;
import liquibase.change.core.LoadDataChange;
import liquibase.change.core.SQLFileChange;
import liquibase.resource.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The file from which a change reads its SQL or its data.
 *
 * @param path as the change gives it
 * @param relative whether that is relative to the changelog's file
 */
public record ChangeFile(Change change, String path, boolean relative) {

    /** Empty if the change reads none. */
    public static Optional<ChangeFile> of(Change change) {
        if (change instanceof SQLFileChange sql) {
            return of(sql, sql.getPath(), sql.isRelativeToChangelogFile());
        }
        // loadUpdateData is one of them.
        if (change instanceof LoadDataChange load) {
            return of(load, load.getFile(), load.isRelativeToChangelogFile());
        }
        if (change instanceof CreateProcedureChange procedure) {
            return of(procedure, procedure.getPath(), procedure.isRelativeToChangelogFile());
        }
        return change instanceof CreateViewChange view
                ? of(view, view.getPath(), view.getRelativeToChangelogFile())
                : Optional.empty();
    }

    private static Optional<ChangeFile> of(Change change, @Nullable String path, @Nullable Boolean relative) {
        return path == null || path.isEmpty()
                ? Optional.empty()
                : Optional.of(new ChangeFile(change, path, Boolean.TRUE.equals(relative)));
    }

    /** Where it is looked for; it may not exist. */
    public Resource in(ChangelogFiles files) throws IOException {
        return relative
                ? files.get(change.getChangeSet().getChangeLog().getPhysicalFilePath())
                        .resolveSibling(path)
                : files.get(path);
    }
}
