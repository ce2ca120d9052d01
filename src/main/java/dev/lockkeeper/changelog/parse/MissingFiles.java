package dev.lockkeeper.changelog.parse;

import dev.lockkeeper.changelog.ChangelogFiles;
import java.io.IOException;
import java.util.Optional;
import liquibase.change.Change;
import liquibase.change.core.CreateProcedureChange;
import liquibase.change.core.CreateViewChange;
import liquibase.change.core.LoadDataChange;
import liquibase.change.core.SQLFileChange;
import liquibase.changelog.ChangeSet;
import org.jspecify.annotations.Nullable;

/** Files that changes read and that don't exist. Liquibase stops at the first, without the change set's name. */
final class MissingFiles {
    private MissingFiles() {}

    /** What a change reads its SQL or its data from. */
    private record Source(@Nullable String path, @Nullable Boolean relative) {
        static Optional<Source> of(Change change) {
            if (change instanceof SQLFileChange sql) {
                return Optional.of(new Source(sql.getPath(), sql.isRelativeToChangelogFile()));
            }
            // loadUpdateData is one of them.
            if (change instanceof LoadDataChange load) {
                return Optional.of(new Source(load.getFile(), load.isRelativeToChangelogFile()));
            }
            if (change instanceof CreateProcedureChange procedure) {
                return Optional.of(new Source(procedure.getPath(), procedure.isRelativeToChangelogFile()));
            }
            return change instanceof CreateViewChange view
                    ? Optional.of(new Source(view.getPath(), view.getRelativeToChangelogFile()))
                    : Optional.empty();
        }

        boolean existsIn(ChangelogFiles files, ChangeSet changeSet) throws IOException {
            String file = String.valueOf(path);
            return Boolean.TRUE.equals(relative)
                    ? files.get(changeSet.getChangeLog().getPhysicalFilePath())
                            .resolveSibling(file)
                            .exists()
                    : files.get(file).exists();
        }
    }

    /** The file that the change names, if it names one that doesn't exist, whichever database the change is for. */
    static Optional<String> of(Change change, ChangeSet changeSet, ChangelogFiles files) {
        Optional<Source> source = Source.of(change)
                .filter(one -> one.path() != null && !one.path().isEmpty());
        try {
            return source.isEmpty() || source.get().existsIn(files, changeSet)
                    ? Optional.empty()
                    : Optional.ofNullable(source.get().path());
        } catch (IOException | RuntimeException e) {
            // It can't be told; Liquibase says what is wrong when it opens the file.
            return Optional.empty();
        }
    }
}
