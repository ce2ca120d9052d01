package dev.lockkeeper.postgres;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.settings.connection.Placement;
import dev.lockkeeper.settings.connection.SearchPath;
import dev.lockkeeper.sql.Identifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sets the role and the search path that the settings and the URL name. */
public final class SessionPlacement {
    private static final String HEAD = """
            SELECT set_config('search_path', quote_ident(nspname) || ', ' || current_setting('search_path'), false),
                   has_schema_privilege(oid, 'USAGE') AS usable
            FROM pg_namespace WHERE nspname = ?""";

    private static final String SCHEMAS = """
            SELECT nspname AS name, has_schema_privilege(oid, 'USAGE') AS usable
            FROM pg_namespace WHERE nspname = ANY (?)""";

    private final Connection connection;

    private SessionPlacement(Connection connection) {
        this.connection = connection;
    }

    /**
     * Sets them, with a round trip for each one that is given.
     *
     * @return if the URL decided, the schema in which new tables would be created otherwise; empty if there is none
     * @throws Failure if the role can't be set, or the schema doesn't exist or may not be used
     */
    public static Optional<String> take(Connection connection, Placement placement) throws SQLException, Failure {
        return new SessionPlacement(connection).take(placement);
    }

    private Optional<String> take(Placement placement) throws SQLException, Failure {
        if (placement.role().isPresent()) {
            takeOn(placement.role().get(), "LOCKKEEPER_ROLE");
        }
        if (placement.schema().isPresent()) {
            head(placement.schema().get());
        }
        Optional<String> otherwise = otherwise(placement);
        if (placement.urlRole().isPresent()) {
            takeOn(placement.urlRole().get(), "the role in the database's URL");
        }
        if (placement.urlPath().isPresent()) {
            path(placement.urlPath().get());
        }
        return otherwise;
    }

    private Optional<String> otherwise(Placement placement) throws SQLException {
        boolean before = placement.urlPath().flatMap(SearchPath::literal).isPresent();
        if (before || (placement.urlPath().isEmpty() && placement.urlRole().isEmpty())) {
            return Optional.empty();
        }
        return Query.one(connection, "SELECT current_schema() AS schema", row -> row.optionalText("schema"));
    }

    private void takeOn(String role, String setting) throws Failure {
        try {
            Query.execute(connection, "SET ROLE " + Identifier.quote(role));
        } catch (SQLException e) {
            throw new Failure(
                    new Refused.DatabaseUnusable(
                            "The role \"" + role + "\" (" + setting + ") can't be taken on: " + e.getMessage(),
                            "Create it, and make the connecting user a member: GRANT \"" + role + "\" TO the user."),
                    e);
        }
    }

    private void head(String schema) throws SQLException, Failure {
        Optional<Boolean> usable = Query.first(connection, HEAD, row -> row.flag("usable"), schema);
        if (usable.isEmpty()) {
            throw MissingSchema.failure(schema, "LOCKKEEPER_SCHEMA");
        }
        requireUsage(schema, usable.get(), "LOCKKEEPER_SCHEMA");
    }

    /** Skips a schema on the list that doesn't exist, as the server does; but the head must exist. */
    private void path(SearchPath path) throws SQLException, Failure {
        String setting = path.parameter() + " in the database's URL";
        Map<String, Boolean> usable = usable(path);
        List<String> schemas =
                path.literal().filter(usable::containsKey).map(List::of).orElse(path.schemas());
        String head = schemas.get(0);
        if (!head.equals(SearchPath.USER)) {
            if (!usable.containsKey(head)) {
                throw MissingSchema.failure(head, setting);
            }
            requireUsage(head, usable.get(head), setting);
        }
        set(schemas);
    }

    /** The schemas that exist, with whether this user may use them. */
    private Map<String, Boolean> usable(SearchPath path) throws SQLException {
        List<String> wanted = new ArrayList<>(path.schemas());
        path.literal().ifPresent(wanted::add);
        Map<String, Boolean> usable = new HashMap<>();
        Query.list(
                        connection,
                        SCHEMAS,
                        row -> Map.entry(row.text("name"), row.flag("usable")),
                        connection.createArrayOf("text", wanted.toArray()))
                .forEach(schema -> usable.put(schema.getKey(), schema.getValue()));
        return usable;
    }

    private void set(List<String> schemas) throws SQLException {
        Query.execute(
                connection,
                "SET search_path = " + schemas.stream().map(Identifier::quote).collect(Collectors.joining(", ")));
    }

    /** The server skips a schema without USAGE, and tables would be created in the next one. */
    private static void requireUsage(String schema, boolean usable, String setting) throws Failure {
        if (!usable) {
            throw new Failure(new Refused.DatabaseUnusable(
                    "The schema \"" + schema + "\" (" + setting + ") may not be used by this user.",
                    "Grant it: GRANT USAGE, CREATE ON SCHEMA " + Identifier.quoteIfNeeded(schema)
                            + " TO the user, or name the owning role by LOCKKEEPER_ROLE."));
        }
    }
}
