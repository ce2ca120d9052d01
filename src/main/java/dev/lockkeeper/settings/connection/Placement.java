package dev.lockkeeper.settings.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where unqualified names resolve to in a session, and whose rights it has. What our own settings say wins over the
 * URL.
 *
 * @param role LOCKKEEPER_ROLE
 * @param schema LOCKKEEPER_SCHEMA, which comes before whatever else is on the search path
 * @param urlPath the whole search path as the URL names it; empty if {@code schema} says something else
 * @param urlRole the role that the URL names; empty if there is {@code role}
 */
public record Placement(
        Optional<String> role, Optional<String> schema, Optional<SearchPath> urlPath, Optional<String> urlRole) {

    /** What applies from the settings and the URL. */
    public static Placement of(Optional<String> role, Optional<String> schema, ConnectionParts parts) {
        return new Placement(
                role,
                schema,
                Optional.ofNullable(parts.searchPath())
                        .filter(path -> schema.isEmpty() || schema.get().equals(path.head())),
                Optional.ofNullable(parts.role()).filter(any -> role.isEmpty()));
    }

    /** What in the URL doesn't apply because a setting of ours says something else, a sentence each. */
    public static List<String> overruled(Optional<String> role, Optional<String> schema, ConnectionParts parts) {
        List<String> sentences = new ArrayList<>();
        SearchPath path = parts.searchPath();
        if (path != null && schema.filter(name -> !name.equals(path.head())).isPresent()) {
            sentences.add("query parameter " + path.parameter() + " names the schema " + path.head()
                    + " and is ignored: LOCKKEEPER_SCHEMA is " + schema.get());
        }
        String urlRole = parts.role();
        if (urlRole != null && role.filter(name -> !name.equals(urlRole)).isPresent()) {
            sentences.add("query parameter role names the role " + urlRole + " and is ignored: LOCKKEEPER_ROLE is "
                    + role.get());
        }
        return sentences;
    }

    /** The role to take on. */
    public Optional<String> anyRole() {
        return role.or(() -> urlRole);
    }
}
