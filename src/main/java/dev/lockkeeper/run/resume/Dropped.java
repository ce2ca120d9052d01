package dev.lockkeeper.run.resume;

import dev.lockkeeper.postgres.Query;
import dev.lockkeeper.sql.Identifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * DROP of something that belongs to the whole server: done if it doesn't exist.
 *
 * @param find a query with one parameter, the name
 */
record Dropped(Connection connection, Found found, String find, String kind, String name, String sql)
        implements Resumption {

    @Override
    public Optional<String> remaining() throws SQLException {
        return Query.first(connection, find, row -> true, name).isPresent()
                ? Optional.of(sql)
                : found.done("There is no " + kind + ' ' + Identifier.quoteIfNeeded(name));
    }
}
