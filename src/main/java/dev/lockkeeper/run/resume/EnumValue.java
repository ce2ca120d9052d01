package dev.lockkeeper.run.resume;

import dev.lockkeeper.postgres.Catalog;
import dev.lockkeeper.postgres.Query;
import dev.lockkeeper.sql.Identifier;
import dev.lockkeeper.sql.outside.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** ALTER TYPE … ADD VALUE: done if the type has the value, at whatever place. */
record EnumValue(Connection connection, Found found, Effect.AddsEnumValue adds, String sql) implements Resumption {

    @Override
    public Optional<String> remaining() throws SQLException {
        boolean exists = Query.first(
                        connection,
                        "SELECT 1 FROM pg_enum WHERE enumtypid = to_regtype(?) AND enumlabel = " + adds.label(),
                        row -> true,
                        Catalog.quoted(adds.type()))
                .isPresent();
        return exists
                ? found.done("The type " + Identifier.quoteIfNeeded(adds.type()) + " has the value " + adds.label()
                        + " already")
                : Optional.of(sql);
    }
}
