package dev.lockkeeper.run.resume;

import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.sql.SqlStatement;
import dev.lockkeeper.sql.outside.Effect;
import java.sql.Connection;
import java.util.Optional;

/** Chooses the {@link Resumption} of a statement. */
final class Resumptions {
    private final Run run;
    private final Connection connection;

    Resumptions(Run run, Connection connection) {
        this.run = run;
        this.connection = connection;
    }

    Resumption of(ChangeSetInfo changeSet, SqlStatement statement) {
        String sql = statement.text();
        Found found = new Found(run, changeSet);
        Effect effect = Effect.of(statement);
        if (effect instanceof Effect.BuildsIndex builds) {
            return new BuiltIndex(run, connection, found, builds.index(), sql);
        }
        if (effect instanceof Effect.DropsIndexes drops) {
            return new DroppedIndexes(connection, found, drops, sql);
        }
        if (effect instanceof Effect.Reindexes reindexes) {
            return new RebuiltIndexes(run, connection, reindexes, sql);
        }
        if (effect instanceof Effect.AddsEnumValue adds) {
            return new EnumValue(connection, found, adds, sql);
        }
        if (effect instanceof Effect.DetachesPartition detaches) {
            return new DetachedPartition(run, connection, found, detaches, sql);
        }
        if (effect instanceof Effect.CreatesDatabase creates) {
            return new CreatedDatabase(connection, found, creates, sql);
        }
        if (effect instanceof Effect.DropsDatabase drops) {
            return new Dropped(
                    connection, found, "SELECT 1 FROM pg_database WHERE datname = ?", "database", drops.name(), sql);
        }
        if (effect instanceof Effect.CreatesTablespace creates) {
            return new CreatedTablespace(connection, found, creates, sql);
        }
        if (effect instanceof Effect.DropsTablespace drops) {
            return new Dropped(
                    connection,
                    found,
                    "SELECT 1 FROM pg_tablespace WHERE spcname = ?",
                    "tablespace",
                    drops.name(),
                    sql);
        }
        // Repeated as it is, or not recognised.
        return () -> Optional.of(sql);
    }
}
