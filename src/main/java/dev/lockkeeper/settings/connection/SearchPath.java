package dev.lockkeeper.settings.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The search path that a URL parameter names: new tables are created in its first schema.
 *
 * @param schemas at least one; {@code $user} means the schema named like the current user, if there is one
 * @param parameter the parameter's name, for messages
 * @param literal the text that earlier versions took for the exact name of a single schema: if that schema exists, it
 *     is still the one meant; empty if earlier versions ignored the parameter
 */
public record SearchPath(List<String> schemas, String parameter, Optional<String> literal) {
    /** Stands for the current user's name. */
    public static final String USER = "$user";

    private static final Pattern ELEMENT =
            Pattern.compile("\\s*(?:\"(?<quoted>(?:[^\"]|\"\")+)\"|(?<bare>[^\\s\",]+))\\s*");

    public SearchPath {
        schemas = List.copyOf(schemas);
        if (schemas.isEmpty()) {
            throw new IllegalArgumentException("A search path names a schema");
        }
    }

    /** One schema, by its exact name. */
    static SearchPath of(String parameter, String schema) {
        return new SearchPath(List.of(schema), parameter, Optional.empty());
    }

    /**
     * Reads a list as the server reads it: names without quotes are folded to lower case
     * (https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-SEARCH-PATH).
     *
     * @throws IllegalArgumentException if it isn't such a list
     */
    static SearchPath parse(String parameter, String text) {
        List<String> schemas = new ArrayList<>();
        Matcher element = ELEMENT.matcher(text);
        for (int at = 0; at <= text.length(); at = element.end() + 1) {
            boolean read = element.region(at, text.length()).lookingAt();
            if (!read || (element.end() < text.length() && text.charAt(element.end()) != ',')) {
                throw new IllegalArgumentException("has a parameter " + parameter
                        + " that isn't a list of schemas: write a,b, with special names in double quotes");
            }
            String quoted = element.group("quoted");
            schemas.add(quoted == null ? folded(element.group("bare")) : quoted.replace("\"\"", "\""));
        }
        return new SearchPath(schemas, parameter, Optional.empty());
    }

    /** The server folds only ASCII letters in a multi-byte encoding. */
    private static String folded(String name) {
        StringBuilder folded = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (letter >= 'A' && letter <= 'Z') {
                folded.setCharAt(i, Character.toLowerCase(letter));
            }
        }
        return folded.toString();
    }

    /** The schema in which new tables are created. */
    public String head() {
        return schemas.get(0);
    }

    /** The same, with the text that earlier versions took for a schema's exact name. */
    SearchPath literally(String text) {
        return new SearchPath(schemas, parameter, Optional.of(text));
    }

    /** The same, as a parameter that earlier versions ignored. */
    SearchPath unheardOf() {
        return new SearchPath(schemas, parameter, Optional.empty());
    }
}
