package dev.lockkeeper.postgres;

import dev.lockkeeper.model.IndexName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the system catalog says of the target schema. */
public final class Catalog {
    /** Tables of people: not Liquibase's own, not an extension's (pg_depend, deptype e). */
    private static final String COUNT_TABLES = """
            SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p')
              AND c.relname NOT IN (?, 'databasechangelog', 'databasechangeloglock')
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                              AND d.objid = c.oid AND d.deptype = 'e')""";

    private static final String INVALID_INDEXES = """
            SELECT n.nspname, c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT i.indisvalid AND c.relkind = 'i' ORDER BY 1, 2""";

    private Catalog() {}

    /** How many tables the schema has, without the history's and without those of extensions. */
    public static int tables(Connection connection, String schema, String historyTable) throws SQLException {
        try (var statement = connection.prepareStatement(COUNT_TABLES)) {
            statement.setString(1, schema);
            statement.setString(2, historyTable);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    /** Indexes that PostgreSQL marks INVALID: what a CREATE INDEX CONCURRENTLY leaves when it is cut short. */
    public static List<IndexName> invalidIndexes(Connection connection) throws SQLException {
        List<IndexName> names = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(INVALID_INDEXES)) {
            while (rows.next()) {
                names.add(new IndexName(Optional.of(rows.getString(1)), rows.getString(2)));
            }
        }
        return names;
    }
}
