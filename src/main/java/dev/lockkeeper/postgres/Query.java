package dev.lockkeeper.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Our own queries, each in one round trip. Without parameters a query is a plain statement, which pgjdbc never prepares on
 * the server.
 */
public final class Query {
    private Query() {}

    /** Makes a value from one row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    /** Work on a result. */
    @FunctionalInterface
    private interface Result<T> {
        T of(ResultSet rows) throws SQLException;
    }

    /**
     * The only row of a query that always has one.
     *
     * @param parameters values of the question marks in {@code sql}; null is a NULL without a type
     * @throws SQLException also if there is no row
     */
    public static <T> T one(Connection connection, String sql, Reader<T> reader, @Nullable Object... parameters)
            throws SQLException {
        return ask(
                connection,
                sql,
                rows -> {
                    rows.next();
                    return reader.read(new Row(rows));
                },
                parameters);
    }

    /** The first row, empty if there is none. */
    public static <T> Optional<T> first(
            Connection connection, String sql, Reader<T> reader, @Nullable Object... parameters) throws SQLException {
        return ask(
                connection,
                sql,
                rows -> rows.next() ? Optional.of(reader.read(new Row(rows))) : Optional.empty(),
                parameters);
    }

    /** All rows, in the order of the result. */
    public static <T> List<T> list(Connection connection, String sql, Reader<T> reader, @Nullable Object... parameters)
            throws SQLException {
        return ask(
                connection,
                sql,
                rows -> {
                    List<T> all = new ArrayList<>();
                    Row row = new Row(rows);
                    while (rows.next()) {
                        all.add(reader.read(row));
                    }
                    return all;
                },
                parameters);
    }

    /** Runs an INSERT, UPDATE or DELETE and returns how many rows it changed. */
    public static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** Runs SQL of any kind, also several statements, and ignores its result. */
    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static <T> T ask(Connection connection, String sql, Result<T> result, @Nullable Object... parameters)
            throws SQLException {
        if (parameters.length == 0) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                return result.of(rows);
            }
        }
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            return result.of(rows);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
