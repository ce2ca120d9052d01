package dev.lockkeeper.changelog.apply;

import java.sql.Connection;
import liquibase.database.jvm.JdbcConnection;

/**
 * A connection that leaves SQL as it is written. Liquibase passes the SQL of {@code sql} and {@code sqlFile} through
 * {@code nativeSQL}, with which pgjdbc would turn the {@code ?} of an operator into a parameter, {@code $1}. Statements
 * don't need that: pgjdbc still reads {@code ??} and {@code {fn …}} when it runs them.
 */
final class VerbatimConnection extends JdbcConnection {
    VerbatimConnection(Connection connection) {
        super(connection);
    }

    @Override
    public String nativeSQL(String sql) {
        return sql;
    }
}
