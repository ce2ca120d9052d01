package dev.lockkeeper.run;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.secrets.SecretsReader;
import dev.lockkeeper.settings.ConnectionParts;
import dev.lockkeeper.settings.DatabaseSettings;
import dev.lockkeeper.settings.DatabaseTarget;
import dev.lockkeeper.settings.DatabaseUrl;
import dev.lockkeeper.settings.Secret;
import dev.lockkeeper.settings.SecretPayload;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds out where to connect to and as whom, asking Secrets Manager only where something is missing. */
final class Credentials {
    private static final List<String> SECRET_NAMES = List.of("password", "passwd", "secret", "token", "key");

    private final Run run;

    Credentials(Run run) {
        this.run = run;
    }

    DatabaseTarget target(DatabaseSettings database) throws Failure {
        hideParameters();
        ConnectionParts fromSecret =
                database.needsSecret() ? read(database.secretId().orElseThrow()) : ConnectionParts.NONE;
        try {
            DatabaseTarget target = database.target(fromSecret);
            target.password().map(Secret::reveal).ifPresent(this::hide);
            return target;
        } catch (IllegalArgumentException e) {
            throw new Failure(new Outcome.BadInput(List.of(String.valueOf(e.getMessage())), "Complete the settings."));
        }
    }

    private ConnectionParts read(String secretId) throws Failure {
        String payload = new SecretsReader(run.environment()).read(secretId);
        try {
            DatabaseUrl parsed = SecretPayload.parse(payload);
            parsed.warnings().forEach(warning -> run.warn("the secret " + secretId + ": " + warning));
            return parsed.parts();
        } catch (IllegalArgumentException e) {
            throw new Failure(new Outcome.DatabaseUnusable(
                    "The secret " + secretId + " " + e.getMessage() + ".",
                    "Store a PostgreSQL URL in it, or JSON with username and password (and host, port, dbname)."));
        }
    }

    /** Changelog parameters end up in SQL, and SQL in messages; what is named like a secret is treated as one. */
    private void hideParameters() {
        run.settings().changelog().parameters().forEach((name, value) -> {
            if (SECRET_NAMES.stream().anyMatch(name.toLowerCase(java.util.Locale.ROOT)::contains)) {
                hide(value);
            }
        });
    }

    private void hide(String secret) {
        run.hide().accept(secret);
        run.hide().accept(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    }
}
