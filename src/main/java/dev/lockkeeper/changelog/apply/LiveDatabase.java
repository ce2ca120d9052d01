package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.model.SchemaNames;
import dev.lockkeeper.settings.ChangelogSettings;
import java.sql.Connection;

/** Liquibase's view of a connection of ours. */
final class LiveDatabase {
    private LiveDatabase() {}

    /** A database whose schemas are fixed, even if the search path has changed. */
    static LockkeeperPostgres of(ChangelogSettings settings, SchemaNames schemas, Connection connection) {
        LockkeeperPostgres database = new LockkeeperPostgres(schemas);
        // Before the connection is set: otherwise Liquibase asks it for the schema and keeps the answer.
        database.setDefaultSchemaName(schemas.defaultSchema());
        database.setLiquibaseSchemaName(schemas.historySchema());
        database.setConnection(new VerbatimConnection(connection));
        database.setDatabaseChangeLogTableName(settings.historyTable());
        return database;
    }
}
