package dev.lockkeeper.settings;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a secret holds: a URL, or a JSON object such as the two-key one that RDS manages (username, password) or the
 * full one that Secrets Manager writes for a database (engine, host, port, dbname, username, password).
 * See https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
public final class SecretPayload {
    private static final Set<String> ENGINES =
            Set.of("postgres", "postgresql", "aurora-postgresql", "auroraserverless");

    private SecretPayload() {}

    /**
     * Reads a URL or JSON.
     *
     * @throws IllegalArgumentException with a sentence that quotes nothing of the payload but key names
     */
    public static DatabaseUrl parse(String payload) {
        String text = payload.strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        return text.startsWith("{") ? ofObject(object(text)) : DatabaseUrl.parse(text);
    }

    private static JsonObject object(String text) {
        try {
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException | StackOverflowError e) {
            // Gson's own message may quote the text, which holds a password: neither message nor cause goes on.
            throw new IllegalArgumentException("begins as a JSON object but isn't valid JSON");
        }
    }

    private static DatabaseUrl ofObject(JsonObject object) {
        String url = text(object, "url", "uri", "DATABASE_URL");
        String engine = text(object, "engine");
        if (engine != null && !ENGINES.contains(engine)) {
            throw new IllegalArgumentException("is for the engine " + engine + ", not for PostgreSQL");
        }
        String password = text(object, "password");
        ConnectionParts parts = new ConnectionParts(
                text(object, "host", "hostname", "endpoint"),
                DatabaseUrl.port(text(object, "port")),
                text(object, "dbname", "database", "dbName", "db"),
                text(object, "username", "user"),
                password == null || password.isEmpty() ? null : Secret.of(password),
                null,
                null,
                null);
        if (url != null) {
            DatabaseUrl parsed = DatabaseUrl.parse(url);
            return new DatabaseUrl(parts.over(parsed.parts()), parsed.warnings());
        }
        if (parts.password() == null) {
            throw new IllegalArgumentException("has no key password; its keys are " + new TreeSet<>(object.keySet()));
        }
        return new DatabaseUrl(parts, List.of());
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
