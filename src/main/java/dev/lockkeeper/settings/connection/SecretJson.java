package dev.lockkeeper.settings.connection;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A secret as a JSON object: the two-key one that RDS manages (username, password), or the full one that Secrets Manager
 * writes for a database (engine, host, port, dbname, username, password), or one that holds a URL. See
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
final class SecretJson {
    private static final Set<String> ENGINES =
            Set.of("postgres", "postgresql", "aurora-postgresql", "auroraserverless");

    private SecretJson() {}

    /**
     * Reads a JSON object.
     *
     * @throws IllegalArgumentException with a sentence that quotes nothing of the text but key names
     */
    static ConnectionText parse(String text) {
        JsonObject object = object(text);
        String url = text(object, "url", "uri", "DATABASE_URL");
        String engine = text(object, "engine");
        if (engine != null && !ENGINES.contains(engine)) {
            throw new IllegalArgumentException("is for the engine " + engine + ", not for PostgreSQL");
        }
        ConnectionParts parts = parts(object);
        if (url != null) {
            ConnectionText parsed = DatabaseUrl.parse(url);
            return new ConnectionText(parts.over(parsed.parts()), parsed.warnings());
        }
        if (parts.password() == null) {
            throw new IllegalArgumentException("has no key password; its keys are " + new TreeSet<>(object.keySet()));
        }
        return new ConnectionText(parts, List.of());
    }

    private static JsonObject object(String text) {
        try {
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException | StackOverflowError e) {
            // Gson's own message may quote the text, which holds a password: neither message nor cause goes on.
            throw new IllegalArgumentException("begins as a JSON object but isn't valid JSON");
        }
    }

    private static ConnectionParts parts(JsonObject object) {
        Optional<String> port = Optional.ofNullable(text(object, "port")).filter(number -> !number.isEmpty());
        String password = text(object, "password");
        return new ConnectionParts(
                text(object, "host", "hostname", "endpoint"),
                port.map(SecretJson::port).orElse(null),
                text(object, "dbname", "database", "dbName", "db"),
                text(object, "username", "user"),
                password == null || password.isEmpty() ? null : Secret.of(password),
                null,
                null,
                null,
                null);
    }

    private static int port(String text) {
        try {
            return Port.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has a key port that " + e.getMessage());
        }
    }

    private static @Nullable String text(JsonObject object, String... names) {
        for (String name : names) {
            JsonElement element = object.get(name);
            if (element instanceof JsonPrimitive primitive) {
                return primitive.getAsString();
            }
        }
        return null;
    }
}
