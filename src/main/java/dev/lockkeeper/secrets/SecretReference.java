package dev.lockkeeper.secrets;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.util.Optional;

/**
 * A reference to a secret: its name or ARN, and a key of its JSON if it has ECS's form for a task definition and names
 * one, {@code arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME:KEY:STAGE:VERSION}
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html). Stage and version
 * are ignored: we always read the current version.
 */
record SecretReference(String id, Optional<String> key) {
    private static final int FIELDS_OF_ARN = 7;
    private static final int REGION = 3;

    static SecretReference parse(String text) {
        String[] fields = text.split(":", -1);
        if (!text.startsWith("arn:") || fields.length <= FIELDS_OF_ARN) {
            return new SecretReference(text, Optional.empty());
        }
        String arn = String.join(":", java.util.Arrays.copyOf(fields, FIELDS_OF_ARN));
        return new SecretReference(arn, Optional.of(fields[FIELDS_OF_ARN]).filter(key -> !key.isEmpty()));
    }

    /** The region that an ARN names. */
    Optional<String> region() {
        String[] fields = id.split(":", -1);
        return id.startsWith("arn:") && fields.length > REGION && !fields[REGION].isEmpty()
                ? Optional.of(fields[REGION])
                : Optional.empty();
    }

    /** The key's value within the secret's text, or all of it; empty if the text isn't JSON that has the key. */
    Optional<String> within(String text) {
        if (key.isEmpty()) {
            return Optional.of(text);
        }
        try {
            JsonElement json = JsonParser.parseString(text);
            JsonElement value = json.isJsonObject() ? json.getAsJsonObject().get(key.get()) : null;
            return value != null && value.isJsonPrimitive() ? Optional.of(value.getAsString()) : Optional.empty();
        } catch (JsonSyntaxException e) {
            return Optional.empty();
        }
    }
}
