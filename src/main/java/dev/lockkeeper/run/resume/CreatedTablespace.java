package dev.lockkeeper.run.resume;

import dev.lockkeeper.changelog.failure.NothingDoneException;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.postgres.Query;
import dev.lockkeeper.sql.Identifier;
import dev.lockkeeper.sql.outside.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** CREATE TABLESPACE: done if it exists with the same folder and owner. */
record CreatedTablespace(Connection connection, Found found, Effect.CreatesTablespace creates, String sql)
        implements Resumption {

    @Override
    public Optional<String> remaining() throws SQLException {
        Optional<Boolean> same = Query.first(
                connection,
                "SELECT pg_tablespace_location(oid) = rtrim(" + creates.location() + ", '/')"
                        + " AND pg_get_userbyid(spcowner) = coalesce(?::text, current_user::text) AS same"
                        + " FROM pg_tablespace WHERE spcname = ?",
                row -> row.flag("same"),
                creates.owner().orElse(null),
                creates.name());
        if (same.isEmpty()) {
            return Optional.of(sql);
        }
        String name = "the tablespace " + Identifier.quoteIfNeeded(creates.name());
        if (!same.get()) {
            throw new NothingDoneException(
                    name + " exists already, with another location or owner: nothing was done; drop it, or record the"
                            + " change set by hand",
                    SqlStates.DUPLICATE_OBJECT);
        }
        return found.done("T" + name.substring(1) + " exists already, as defined");
    }
}
