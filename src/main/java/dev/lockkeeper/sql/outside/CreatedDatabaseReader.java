package dev.lockkeeper.sql.outside;

import dev.lockkeeper.model.QualifiedName;
import dev.lockkeeper.sql.Token;
import dev.lockkeeper.sql.TokenReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * CREATE DATABASE, if every option is one that a database shows afterwards.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-createdatabase.html">CREATE DATABASE</a>
 */
final class CreatedDatabaseReader {
    private static final List<String> COMPARABLE = List.of(
            "OWNER",
            "ENCODING",
            "LOCALE",
            "LC_COLLATE",
            "LC_CTYPE",
            "TABLESPACE",
            "ALLOW_CONNECTIONS",
            "CONNECTION LIMIT",
            "IS_TEMPLATE");

    /** How the database is filled; it doesn't show afterwards, and is no option that two databases differ in. */
    private static final List<String> OF_NO_ACCOUNT = List.of("STRATEGY");

    private static final List<String> EMPTY_TEMPLATES = List.of("'template0'", "'template1'");

    private CreatedDatabaseReader() {}

    static Optional<Effect> read(TokenReader tokens) {
        if (!tokens.accept("CREATE", "DATABASE")) {
            return Optional.empty();
        }
        Optional<String> name = tokens.takeName().map(QualifiedName::name);
        tokens.accept("WITH");
        Map<String, String> options = new TreeMap<>();
        while (!tokens.atEnd() && !tokens.peek().is(';')) {
            String key = key(tokens);
            tokens.accept('=');
            boolean byDefault = tokens.peek().is("DEFAULT");
            Optional<String> value = value(tokens);
            if (value.isEmpty() || !known(key, value.get(), byDefault)) {
                return Optional.empty();
            }
            if (!byDefault && COMPARABLE.contains(key)) {
                options.put(key, value.get());
            }
        }
        return name.map(database -> new Effect.CreatesDatabase(database, options));
    }

    private static String key(TokenReader tokens) {
        return tokens.accept("CONNECTION", "LIMIT")
                ? "CONNECTION LIMIT"
                : COMPARABLE.stream()
                        .filter(tokens::accept)
                        .findFirst()
                        .orElseGet(() ->
                                tokens.accept("TEMPLATE") ? "TEMPLATE" : tokens.accept("STRATEGY") ? "STRATEGY" : "");
    }

    private static boolean known(String key, String value, boolean byDefault) {
        return COMPARABLE.contains(key)
                || OF_NO_ACCOUNT.contains(key)
                || (key.equals("TEMPLATE") && (byDefault || EMPTY_TEMPLATES.contains(value)));
    }

    /** A name, a string or a number, as a string constant. */
    private static Optional<String> value(TokenReader tokens) {
        if (tokens.peek().isName()) {
            return tokens.takeName().map(name -> quoted(name.name()));
        }
        String sign = tokens.accept('-') ? "-" : "";
        Token token = tokens.take();
        return switch (token.kind()) {
            case STRING -> Optional.of(token.text());
            case NUMBER -> Optional.of(quoted(sign + token.text()));
            default -> Optional.empty();
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
