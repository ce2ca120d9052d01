package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.settings.ChangelogSettings;
import java.sql.Connection;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.database.jvm.JdbcConnection;

/** Liquibase's view of a connection of ours. */
public final class LiveDatabase {
    private LiveDatabase() {}

    public static HeldCommitPostgres of(ChangelogSettings settings, Connection connection) {
        HeldCommitPostgres database = new HeldCommitPostgres();
        database.setConnection(new JdbcConnection(connection));
        database.setDatabaseChangeLogTableName(settings.historyTable());
        settings.historySchema().ifPresent(database::setLiquibaseSchemaName);
        database.nameExactly(
                Stream.concat(settings.historySchema().stream(), Stream.ofNullable(database.getDefaultSchemaName()))
                        .collect(Collectors.toSet()));
        return database;
    }
}
