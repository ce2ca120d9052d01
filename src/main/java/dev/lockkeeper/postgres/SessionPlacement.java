package dev.lockkeeper.postgres;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.settings.connection.Placement;
import dev.lockkeeper.settings.connection.SearchPath;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes on the role and puts the schemas on the search path that the settings and the URL name. */
public final class SessionPlacement {
    private static final String HEAD = """
            SELECT CASE WHEN n.oid IS NULL THEN NULL
                        ELSE set_config('search_path',
                                        quote_ident(w.name) || ', ' || current_setting('search_path'), false)
                   END,
                   has_schema_privilege(n.oid, 'USAGE')
            FROM (SELECT ?::text AS name) w LEFT JOIN pg_namespace n ON n.nspname = w.name""";

    private static final String SCHEMAS = """
            SELECT n.nspname, has_schema_privilege(n.oid, 'USAGE') FROM pg_namespace n WHERE n.nspname = ANY (?)""";

    private final Connection connection;

    private SessionPlacement(Connection connection) {
        this.connection = connection;
    }

    /**
     * Does so; a round trip each for what is given, none if nothing is.
     *
     * @return if the URL had a say, the schema in which new tables would land if it hadn't; empty if there is none
     * @throws Failure if the role can't be taken on, or the schema doesn't exist or may not be used
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
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT current_schema()")) {
            row.next();
            return Optional.ofNullable(row.getString(1));
        }
    }

    private void takeOn(String role, String setting) throws Failure {
        try {
            SessionSettings.execute(connection, "SET ROLE " + Quoting.identifier(role));
        } catch (SQLException e) {
            throw new Failure(
                    new Outcome.DatabaseUnusable(
                            "The role \"" + role + "\" (" + setting + ") can't be taken on: " + e.getMessage(),
                            "Create it, and make the connecting user a member: GRANT \"" + role + "\" TO the user."),
                    e);
        }
    }

    private void head(String schema) throws SQLException, Failure {
        try (var statement = connection.prepareStatement(HEAD)) {
            statement.setString(1, schema);
            try (var row = statement.executeQuery()) {
                row.next();
                if (row.getString(1) == null) {
                    throw MissingSchema.failure(schema, "LOCKKEEPER_SCHEMA");
                }
                requireUsage(schema, row.getBoolean(2), "LOCKKEEPER_SCHEMA");
            }
        }
    }

    /** A schema on the list that doesn't exist is passed over, as the server does; but the head must exist. */
    private void path(SearchPath path) throws SQLException, Failure {
        String setting = path.parameter() + " in the database's URL";
        List<String> wanted = new ArrayList<>(path.schemas());
        path.literal().ifPresent(wanted::add);
        List<String> existing = new ArrayList<>();
        Array names = connection.createArrayOf("text", wanted.toArray());
        try (var statement = connection.prepareStatement(SCHEMAS)) {
            statement.setArray(1, names);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    existing.add(rows.getString(1));
                    if (rows.getString(1).equals(path.head())) {
                        requireUsage(path.head(), rows.getBoolean(2), setting);
                    }
                }
            }
        }
        List<String> schemas =
                path.literal().filter(existing::contains).map(List::of).orElse(path.schemas());
        if (!existing.contains(schemas.get(0)) && !schemas.get(0).equals(SearchPath.USER)) {
            throw MissingSchema.failure(schemas.get(0), setting);
        }
        set(schemas);
    }

    private void set(List<String> schemas) throws SQLException {
        SessionSettings.execute(
                connection,
                "SET search_path = " + schemas.stream().map(Quoting::identifier).collect(Collectors.joining(", ")));
    }

    /** The server passes over a schema without USAGE, and tables would land in the next one. */
    private static void requireUsage(String schema, boolean usable, String setting) throws Failure {
        if (!usable) {
            throw new Failure(new Outcome.DatabaseUnusable(
                    "The schema \"" + schema + "\" (" + setting + ") may not be used by this user.",
                    "Grant it: GRANT USAGE, CREATE ON SCHEMA " + Quoting.shown(schema)
                            + " TO the user, or name the owning role by LOCKKEEPER_ROLE."));
        }
    }
}
