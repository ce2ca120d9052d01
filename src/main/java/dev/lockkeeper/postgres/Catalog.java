package dev.lockkeeper.postgres;

import dev.lockkeeper.model.QualifiedName;
import dev.lockkeeper.sql.Identifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What the system catalog says about the target schema. */
public final class Catalog {
    /** Users' tables: neither Liquibase's own nor an extension's (pg_depend, deptype e). */
    private static final String COUNT_TABLES = """
            SELECT count(*) AS tables FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p')
              AND c.relname NOT IN (?, 'databasechangelog', 'databasechangeloglock')
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                              AND d.objid = c.oid AND d.deptype = 'e')""";

    private static final String INVALID_INDEXES = """
            SELECT n.nspname AS schema, c.relname AS index FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT i.indisvalid AND c.relkind = 'i' ORDER BY 1, 2""";

    private Catalog() {}

    /** How many tables the schema has, without the history's and without those of extensions. */
    public static int tables(Connection connection, String schema, String historyTable) throws SQLException {
        return Query.one(connection, COUNT_TABLES, row -> row.number("tables"), schema, historyTable);
    }

    /** Indexes that PostgreSQL marks INVALID: what a CREATE INDEX CONCURRENTLY leaves when it is cut short. */
    public static List<QualifiedName> invalidIndexes(Connection connection) throws SQLException {
        return Query.list(
                connection,
                INVALID_INDEXES,
                row -> new QualifiedName(Optional.of(row.text("schema")), row.text("index")));
    }

    /** A name as to_regclass and its like read it: found by the search path if it has no schema. */
    public static String quoted(QualifiedName name) {
        return name.schema().map(schema -> Identifier.quote(schema) + ".").orElse("") + Identifier.quote(name.name());
    }

    /** What kind of relation has the name (pg_class.relkind); empty if none has. */
    public static Optional<String> relation(Connection connection, QualifiedName name) throws SQLException {
        return Query.first(
                connection,
                "SELECT relkind::text AS kind FROM pg_class WHERE oid = to_regclass(?)",
                row -> row.text("kind"),
                quoted(name));
    }

    /** Whether a table has at least so many rows. Reads no more than that. */
    public static boolean hasRows(Connection connection, QualifiedName table, long rows) throws SQLException {
        return Query.one(
                connection,
                "SELECT count(*) >= " + rows + " AS enough FROM (SELECT FROM " + quoted(table) + " LIMIT " + rows
                        + ") AS counted",
                row -> row.flag("enough"));
    }
}
