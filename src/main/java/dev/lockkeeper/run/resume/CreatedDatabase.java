package dev.lockkeeper.run.resume;

import dev.lockkeeper.changelog.failure.NothingDoneException;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.postgres.Query;
import dev.lockkeeper.sql.Identifier;
import dev.lockkeeper.sql.outside.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** CREATE DATABASE: done if it exists with the same options and owner. */
record CreatedDatabase(Connection connection, Found found, Effect.CreatesDatabase creates, String sql)
        implements Resumption {
    /** How an existing database shows each option; {@code %s} is the value that the statement gives, a string constant. */
    private static final Map<String, String> OPTIONS = Map.of(
            "OWNER", "pg_get_userbyid(d.datdba) = %s",
            "ENCODING", "(d.encoding::text = %1$s OR d.encoding = pg_char_to_encoding(%1$s))",
            "LOCALE", "d.datcollate = %1$s AND d.datctype = %1$s",
            "LC_COLLATE", "d.datcollate = %s",
            "LC_CTYPE", "d.datctype = %s",
            "TABLESPACE", "d.dattablespace = (SELECT oid FROM pg_tablespace WHERE spcname = %s)",
            "ALLOW_CONNECTIONS", "d.datallowconn = (%s)::boolean",
            "CONNECTION LIMIT", "d.datconnlimit = (%s)::int",
            "IS_TEMPLATE", "d.datistemplate = (%s)::boolean");

    @Override
    public Optional<String> remaining() throws SQLException {
        Optional<Boolean> same = Query.first(
                connection,
                "SELECT " + condition() + " AS same FROM pg_database d WHERE d.datname = ?",
                row -> row.flag("same"),
                creates.name());
        if (same.isEmpty()) {
            return Optional.of(sql);
        }
        String name = "the database " + Identifier.quoteIfNeeded(creates.name());
        if (!same.get()) {
            throw new NothingDoneException(
                    name + " exists already, with another owner or other options: nothing was done; drop it, or record"
                            + " the change set by hand",
                    SqlStates.DUPLICATE_DATABASE);
        }
        return found.done("T" + name.substring(1) + " exists already, as defined");
    }

    private String condition() {
        String owner = creates.options().containsKey("OWNER") ? "" : "pg_get_userbyid(d.datdba) = current_user AND ";
        String options = creates.options().entrySet().stream()
                .map(option -> OPTIONS.getOrDefault(option.getKey(), "false").formatted(option.getValue()))
                .collect(Collectors.joining(" AND "));
        return owner + (options.isEmpty() ? "true" : options);
    }
}
