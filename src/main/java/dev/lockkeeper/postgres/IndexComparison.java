package dev.lockkeeper.postgres;

import dev.lockkeeper.sql.CreatedIndex;
import dev.lockkeeper.sql.Identifier;
import dev.lockkeeper.sql.SqlStatement;
import dev.lockkeeper.sql.outside.IndexParts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares an index that exists with one that a statement would build, by what PostgreSQL makes of both definitions. Each is
 * built in a transaction that is rolled back: its expressions and predicate in a view of the table itself, since they may
 * name it, and the rest as an index of an empty table with the columns of that view.
 */
final class IndexComparison {
    private static final String VIEW = "lockkeeper_probe";
    private static final String TABLE = "lockkeeper_probe_table";
    private static final String INDEX = "lockkeeper_probe_index";

    /** Where to build: a temporary schema if the role may have one, otherwise beside the table, as the index itself. */
    private static final String PLACE = """
            SELECT quote_ident(n.nspname) || '.' || quote_ident(t.relname) AS table,
                   CASE WHEN has_database_privilege(current_database(), 'TEMP') THEN 'pg_temp'
                        ELSE quote_ident(n.nspname) END AS place
            FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
            WHERE t.oid = to_regclass(?)""";

    private static final String TABLESPACE =
            "SELECT reltablespace::text AS tablespace FROM pg_class WHERE oid = to_regclass(?)";

    private final Connection connection;

    IndexComparison(Connection connection) {
        this.connection = connection;
    }

    /** What PostgreSQL makes of a definition. */
    private record Canonical(String expressions, String index, Optional<String> tablespace) {
        boolean sameAs(Canonical other) {
            return expressions.equals(other.expressions) && index.equals(other.index);
        }
    }

    /** The table as the server names it, and the schema for what is built. */
    private record Ground(String table, String place) {}

    boolean same(IndexBuilds.Found found, CreatedIndex index) throws SQLException {
        String name =
                index.schema().map(schema -> Identifier.quote(schema) + ".").orElse("")
                        + Identifier.quote(index.table());
        Ground ground = Query.one(connection, PLACE, row -> new Ground(row.text("table"), row.text("place")), name);
        CreatedIndex existing =
                new SqlStatement(found.definition()).createdIndex().orElseThrow(() -> unreadable(found.definition()));
        Canonical wanted = canonical(index, ground);
        return wanted.sameAs(canonical(existing, ground))
                && (wanted.tablespace().isEmpty() || wanted.tablespace().get().equals(tablespace(found.name())));
    }

    private Canonical canonical(CreatedIndex index, Ground ground) throws SQLException {
        IndexParts parts = IndexParts.parse(index.definition()).orElseThrow(() -> unreadable(index.definition()));
        connection.setAutoCommit(false);
        try {
            return build(index, parts, ground);
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private Canonical build(CreatedIndex index, IndexParts parts, Ground ground) throws SQLException {
        String view = ground.place() + '.' + VIEW;
        String built = ground.place() + '.' + INDEX;
        String written = view(view, "SELECT " + String.join(", ", columns(parts)) + " FROM " + ground.table());
        // PostgreSQL may write an expression in another way once it has read its own text of it.
        Query.execute(connection, "DROP VIEW " + view);
        String expressions = view(view, written);
        String table = ground.place() + '.' + TABLE;
        Query.execute(connection, "CREATE TABLE " + table + " AS SELECT * FROM " + view + " WITH NO DATA");
        Query.execute(
                connection,
                "CREATE " + (index.unique() ? "UNIQUE " : "") + "INDEX " + INDEX + " ON " + table + ' ' + rest(parts));
        String definition = Query.one(
                connection,
                "SELECT pg_get_indexdef(to_regclass(?)) AS definition",
                row -> row.text("definition"),
                built);
        return new Canonical(
                expressions, definition, parts.namesTablespace() ? Optional.of(tablespace(built)) : Optional.empty());
    }

    /** Creates a view, and returns PostgreSQL's text of it. */
    private String view(String name, String select) throws SQLException {
        Query.execute(connection, "CREATE VIEW " + name + " AS " + select);
        return Query.one(
                connection,
                "SELECT rtrim(pg_get_viewdef(to_regclass(?)), ';') AS definition",
                row -> row.text("definition"),
                name);
    }

    private String tablespace(String index) throws SQLException {
        return Query.one(connection, TABLESPACE, row -> row.text("tablespace"), index);
    }

    private static List<String> columns(IndexParts parts) {
        List<String> columns = new ArrayList<>();
        for (IndexParts.Key key : parts.keys()) {
            columns.add(key.expression() + " AS k" + columns.size());
        }
        for (String column : parts.included()) {
            columns.add(column + " AS k" + columns.size());
        }
        parts.predicate().ifPresent(condition -> columns.add("(" + condition + ") AS condition"));
        return columns;
    }

    private static String rest(IndexParts parts) {
        List<String> keys = new ArrayList<>();
        for (IndexParts.Key key : parts.keys()) {
            keys.add("k" + keys.size() + ' ' + key.manner());
        }
        List<String> included = new ArrayList<>();
        for (int i = keys.size(); i < keys.size() + parts.included().size(); i++) {
            included.add("k" + i);
        }
        return parts.method() + " (" + String.join(", ", keys) + ')'
                + (included.isEmpty() ? "" : " INCLUDE (" + String.join(", ", included) + ')') + ' ' + parts.storage();
    }

    private static SQLException unreadable(String definition) {
        return new SQLException("this definition can't be read: " + definition);
    }
}
