package dev.lockkeeper.postgres;

import dev.lockkeeper.model.sql.CreatedIndex;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Indexes that a change set builds outside a transaction: what a CREATE INDEX CONCURRENTLY that was cut short left
 * behind, and whether what stands is what would be built.
 */
public final class IndexBuilds {
    private static final String FIND = """
            SELECT i.indexrelid, i.indisvalid, i.indisunique, pg_get_indexdef(i.indexrelid),
                   quote_ident(n.nspname) || '.' || quote_ident(c.relname),
                   (SELECT p.pid FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid LIMIT 1)
            FROM pg_class t JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE t.oid = to_regclass(CASE WHEN ?::text IS NULL THEN quote_ident(?) ELSE quote_ident(?) || '.' || quote_ident(?) END)
              AND c.relname = ? AND c.relkind = 'i'""";

    private final Connection connection;

    public IndexBuilds(Connection connection) {
        this.connection = connection;
    }

    /**
     * An index that stands on the table it should.
     *
     * @param name quoted where it must be, with its schema
     * @param definition as pg_get_indexdef gives it
     * @param builder the pid of a session that is building it right now
     */
    public record Found(String name, boolean valid, boolean unique, String definition, Optional<Integer> builder) {}

    /** The index of that name on that table. */
    public Optional<Found> find(CreatedIndex index) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            String schema = index.schema().orElse(null);
            statement.setString(1, schema);
            statement.setString(2, index.table());
            statement.setString(3, schema);
            statement.setString(4, index.table());
            statement.setString(5, index.name());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                int builder = row.getInt(6);
                return Optional.of(new Found(
                        row.getString(5),
                        row.getBoolean(2),
                        row.getBoolean(3),
                        row.getString(4),
                        builder == 0 ? Optional.empty() : Optional.of(builder)));
            }
        }
    }

    /** Drops a leftover without keeping readers and writers away. */
    public void drop(Found leftover) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP INDEX CONCURRENTLY IF EXISTS " + leftover.name());
        }
    }

    /**
     * Whether what stands is what the statement would build: the same is built on an empty temporary table of the same
     * shape, and PostgreSQL's own text of both is compared. False where that can't be done.
     */
    public boolean asDefined(Found found, CreatedIndex index) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            String table = (index.schema().isPresent()
                            ? Quoting.identifier(index.schema().get()) + "."
                            : "")
                    + Quoting.identifier(index.table());
            statement.execute("CREATE TEMP TABLE lockkeeper_probe (LIKE " + table + ") ON COMMIT DROP");
            statement.execute("CREATE " + (index.unique() ? "UNIQUE " : "")
                    + "INDEX lockkeeper_probe_index ON pg_temp.lockkeeper_probe " + index.definition());
            try (ResultSet row =
                    statement.executeQuery("SELECT pg_get_indexdef('pg_temp.lockkeeper_probe_index'::regclass)")) {
                row.next();
                return found.unique() == index.unique()
                        && behindTable(row.getString(1)).equals(behindTable(found.definition()));
            }
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith("08")) {
                throw e;
            }
            return false;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** {@code CREATE UNIQUE INDEX name ON schema.table USING btree (x)} from USING on: the rest holds only names. */
    private static String behindTable(String definition) {
        return definition.substring(Math.max(0, definition.indexOf(" USING ")));
    }
}
