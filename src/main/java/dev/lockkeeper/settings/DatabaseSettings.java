package dev.lockkeeper.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to reach the database.
 *
 * @param given what URL and single variables say together; a secret may complete it
 * @param secretId name or ARN of the secret to read
 * @param endpoint the server's real name behind a tunnel, with its port where that isn't 5432
 * @param role role to take on after connecting
 * @param schema default schema
 * @param connectWait how long to retry a server that isn't up
 */
public record DatabaseSettings(
        ConnectionParts given,
        Optional<String> secretId,
        Auth auth,
        Optional<String> endpoint,
        Optional<String> role,
        Optional<String> schema,
        Duration connectWait) {
    private static final List<Variable> BARE = List.of(
            Variable.DATABASE_SECRET,
            Variable.DATABASE_HOST,
            Variable.DATABASE_NAME,
            Variable.DATABASE_USERNAME,
            Variable.DATABASE_ENDPOINT);

    static final int DEFAULT_PORT = 5432;
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(60);

    /** How the user proves who it is. */
    public enum Auth {
        PASSWORD,
        IAM
    }

    /** Empty where no database is named at all. */
    static Optional<DatabaseSettings> from(Values values, Problems problems) {
        boolean named = values.text(Variable.DATABASE_URL).isPresent()
                || values.text(Variable.DATABASE_SECRET).isPresent()
                || values.text(Variable.DATABASE_HOST).isPresent();
        if (!named) {
            return Optional.empty();
        }
        for (Variable bare : BARE) {
            values.text(bare)
                    .filter(DatabaseSettings::looksLikeASecret)
                    .ifPresent(text -> problems.error(
                            bare,
                            "holds a URL or JSON, not "
                                    + (bare == Variable.DATABASE_SECRET ? "a secret's name or ARN" : "a bare name")
                                    + "; give a URL or a secret's whole text by DATABASE_URL"));
        }
        if (!problems.errors().isEmpty()) {
            return Optional.empty();
        }
        ConnectionParts url = values.parsed(Variable.DATABASE_URL, SecretPayload::parse)
                .map(parsed -> {
                    parsed.warnings().forEach(warning -> problems.warn("DATABASE_URL: " + warning));
                    return parsed.parts();
                })
                .orElse(ConnectionParts.NONE);
        DatabaseSettings settings = new DatabaseSettings(
                overrides(values).over(url),
                values.text(Variable.DATABASE_SECRET),
                values.choice(Variable.DATABASE_AUTH, Auth.class, Auth.PASSWORD),
                values.parsed(Variable.DATABASE_ENDPOINT, DatabaseSettings::checked),
                values.text(Variable.LOCKKEEPER_ROLE),
                values.text(Variable.LOCKKEEPER_SCHEMA).or(() -> Optional.ofNullable(url.schema())),
                values.duration(Variable.LOCKKEEPER_CONNECT_WAIT, CONNECT_WAIT));
        if (settings.given.sslRootCert() != null && !Files.isReadable(Path.of(settings.given.sslRootCert()))) {
            problems.error(
                    Variable.DATABASE_SSLROOTCERT,
                    "there is no readable file " + settings.given.sslRootCert() + " of root certificates");
        }
        if (settings.auth == Auth.IAM
                && settings.given.sslMode() != null
                && settings.given.sslMode().compareTo(SslMode.REQUIRE) < 0) {
            problems.error("DATABASE_AUTH=iam needs TLS, and the SSL mode given is "
                    + settings.given.sslMode().text() + ": the server refuses a token that came in the clear");
        }
        if (settings.secretId().isEmpty() && problems.errors().isEmpty()) {
            settings.checkComplete(problems);
        }
        return Optional.of(settings);
    }

    /** The text isn't shown: it may be a secret's value in the wrong variable. */
    private static boolean looksLikeASecret(String text) {
        return text.contains("://") || text.contains("{") || text.contains("\n");
    }

    private static ConnectionParts overrides(Values values) {
        return new ConnectionParts(
                values.text(Variable.DATABASE_HOST).orElse(null),
                values.parsed(Variable.DATABASE_PORT, DatabaseUrl::port).orElse(null),
                values.text(Variable.DATABASE_NAME).orElse(null),
                values.text(Variable.DATABASE_USERNAME).orElse(null),
                values.text(Variable.DATABASE_PASSWORD).map(Secret::of).orElse(null),
                values.parsed(Variable.DATABASE_SSLMODE, SslMode::parse).orElse(null),
                values.text(Variable.DATABASE_SSLROOTCERT).orElse(null),
                null);
    }

    private void checkComplete(Problems problems) {
        try {
            target(ConnectionParts.NONE);
        } catch (IllegalArgumentException e) {
            problems.error(String.valueOf(e.getMessage()));
        }
    }

    /** True where a password is needed and only the secret can give it. */
    public boolean needsSecret() {
        return secretId.isPresent()
                && (given.host() == null
                        || given.database() == null
                        || given.username() == null
                        || (auth == Auth.PASSWORD && given.password() == null));
    }

    /**
     * Where to connect to, with the secret's parts filling the gaps.
     *
     * @throws IllegalArgumentException naming what is still missing
     */
    public DatabaseTarget target(ConnectionParts fromSecret) {
        return target(given, fromSecret);
    }

    /**
     * The same after the server refused the password given: user and password of a secret that was read again win.
     *
     * @throws IllegalArgumentException naming what is still missing
     */
    public DatabaseTarget renewed(ConnectionParts fromSecret) {
        return target(given.loggingInAs(fromSecret), fromSecret);
    }

    private DatabaseTarget target(ConnectionParts first, ConnectionParts fromSecret) {
        ConnectionParts parts = first.over(fromSecret);
        return new DatabaseTarget(
                required(parts.host(), "database's host", Variable.DATABASE_HOST),
                parts.port() == null ? DEFAULT_PORT : parts.port(),
                required(parts.database(), "database name", Variable.DATABASE_NAME),
                required(parts.username(), "database's user name", Variable.DATABASE_USERNAME),
                Optional.ofNullable(parts.password()),
                Optional.ofNullable(parts.sslMode()),
                Optional.ofNullable(parts.sslRootCert()),
                endpoint.map(DatabaseSettings::name),
                endpoint.flatMap(DatabaseSettings::port).orElse(DEFAULT_PORT));
    }

    private static String checked(String endpoint) {
        port(endpoint);
        return endpoint;
    }

    private static String name(String endpoint) {
        return endpoint.replaceFirst(":\\d+$", "");
    }

    private static Optional<Integer> port(String endpoint) {
        String name = name(endpoint);
        return name.equals(endpoint)
                ? Optional.empty()
                : Optional.ofNullable(DatabaseUrl.port(endpoint.substring(name.length() + 1)));
    }

    private static String required(@org.jspecify.annotations.Nullable String value, String what, Variable variable) {
        if (value == null) {
            throw new IllegalArgumentException("The " + what + " is missing: add it to DATABASE_URL or the"
                    + " secret, or set " + variable.variable());
        }
        return value;
    }
}
