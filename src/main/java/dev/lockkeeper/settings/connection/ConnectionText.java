package dev.lockkeeper.settings.connection;

import java.util.List;

/**
 * What DATABASE_URL or a secret holds: a database URL or a JSON object.
 *
 * @param parts what it says about the connection
 * @param warnings what it says that is ignored, a sentence each
 */
public record ConnectionText(ConnectionParts parts, List<String> warnings) {
    public ConnectionText {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a URL or JSON.
     *
     * @throws IllegalArgumentException with a sentence that quotes neither password nor URL
     */
    public static ConnectionText parse(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        return stripped.startsWith("{") ? SecretJson.parse(stripped) : DatabaseUrl.parse(stripped);
    }
}
