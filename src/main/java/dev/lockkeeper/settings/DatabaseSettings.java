package dev.lockkeeper.settings;

import dev.lockkeeper.settings.connection.ConnectionParts;
import dev.lockkeeper.settings.connection.ConnectionText;
import dev.lockkeeper.settings.connection.DatabaseTarget;
import dev.lockkeeper.settings.connection.Endpoint;
import dev.lockkeeper.settings.connection.Placement;
import dev.lockkeeper.settings.connection.Port;
import dev.lockkeeper.settings.connection.Secret;
import dev.lockkeeper.settings.connection.SslMode;
import dev.lockkeeper.settings.connection.TlsSettings;
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
 * @param endpoint the server's real name and port behind a tunnel
 * @param role role to take on after connecting
 * @param schema default schema; it wins over the URL's
 * @param connectWait how long to retry a server that isn't up
 */
public record DatabaseSettings(
        ConnectionParts given,
        Optional<String> secretId,
        Auth auth,
        Optional<Endpoint> endpoint,
        Optional<String> role,
        Optional<String> schema,
        Duration connectWait) {
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(60);

    /** How the user proves who it is. */
    public enum Auth {
        PASSWORD,
        IAM
    }

    /** Reads them; empty if no database is named at all. What can't be read is left out and is a problem. */
    static Optional<DatabaseSettings> from(Values values, Problems problems) {
        boolean named = values.text(Variable.DATABASE_URL).isPresent()
                || values.text(Variable.DATABASE_SECRET).isPresent()
                || values.text(Variable.DATABASE_HOST).isPresent();
        if (!named) {
            return Optional.empty();
        }
        Optional<ConnectionText> url = values.parsed(Variable.DATABASE_URL, ConnectionText::parse);
        url.ifPresent(text -> text.warnings().forEach(warning -> problems.warn("DATABASE_URL: " + warning)));
        DatabaseSettings settings = read(values, url.map(ConnectionText::parts).orElse(ConnectionParts.NONE));
        settings.overruled(settings.given).forEach(warning -> problems.warn("DATABASE_URL: " + warning));
        settings.checkHost(problems);
        settings.checkTls(problems);
        // What a source that can't be read would have said isn't reported as missing as well.
        boolean unread = values.text(Variable.DATABASE_URL).isPresent() && url.isEmpty();
        if (!unread && values.text(Variable.DATABASE_SECRET).isEmpty()) {
            RequiredParts.missingIn(settings.given).stream()
                    .filter(variable -> values.text(variable).isEmpty())
                    .forEach(variable -> problems.error(RequiredParts.sentence(variable)));
        }
        return Optional.of(settings);
    }

    private static DatabaseSettings read(Values values, ConnectionParts url) {
        return new DatabaseSettings(
                overrides(values).over(url),
                values.parsed(Variable.DATABASE_SECRET, text -> bare(text, "a secret's name or ARN")),
                values.choice(Variable.DATABASE_AUTH, Auth.class, Auth.PASSWORD),
                values.parsed(Variable.DATABASE_ENDPOINT, text -> Endpoint.parse(bare(text))),
                values.text(Variable.LOCKKEEPER_ROLE),
                values.text(Variable.LOCKKEEPER_SCHEMA),
                values.duration(Variable.LOCKKEEPER_CONNECT_WAIT, CONNECT_WAIT));
    }

    private static ConnectionParts overrides(Values values) {
        return new ConnectionParts(
                values.parsed(Variable.DATABASE_HOST, text -> Endpoint.host(bare(text)))
                        .orElse(null),
                values.parsed(Variable.DATABASE_PORT, Port::parse).orElse(null),
                values.parsed(Variable.DATABASE_NAME, DatabaseSettings::bare).orElse(null),
                values.parsed(Variable.DATABASE_USERNAME, DatabaseSettings::bare)
                        .orElse(null),
                values.text(Variable.DATABASE_PASSWORD).map(Secret::of).orElse(null),
                values.parsed(Variable.DATABASE_SSLMODE, SslMode::parse).orElse(null),
                values.text(Variable.DATABASE_SSLROOTCERT).orElse(null),
                null,
                null);
    }

    private static String bare(String text) {
        return bare(text, "a bare name");
    }

    /** The text, unless it may be a secret's value in the wrong variable; that isn't shown. */
    private static String bare(String text, String wanted) {
        if (text.contains("://") || text.contains("{") || text.contains("\n")) {
            throw new IllegalArgumentException(
                    "holds a URL or JSON, not " + wanted + "; give a URL or a secret's whole text by DATABASE_URL");
        }
        return text;
    }

    private void checkHost(Problems problems) {
        try {
            if (given.host() != null) {
                host(given);
            }
        } catch (IllegalArgumentException e) {
            problems.error(String.valueOf(e.getMessage()));
        }
    }

    private void checkTls(Problems problems) {
        if (given.sslRootCert() != null && !Files.isReadable(Path.of(given.sslRootCert()))) {
            problems.error(
                    Variable.DATABASE_SSLROOTCERT,
                    "there is no readable file " + given.sslRootCert() + " of root certificates");
        }
        if (auth == Auth.IAM && given.sslMode() != null && given.sslMode().compareTo(SslMode.REQUIRE) < 0) {
            problems.error("DATABASE_AUTH=iam needs TLS, and the SSL mode given is "
                    + given.sslMode().text() + ": the server refuses a token that came in the clear");
        }
    }

    /** True if a password is needed and only the secret can give it. */
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
     * @throws IllegalArgumentException naming what is missing
     */
    public DatabaseTarget target(ConnectionParts fromSecret) {
        return target(given, fromSecret);
    }

    /**
     * The same after the server refused the password given: user and password of a secret that was read again win. What
     * needed no secret before isn't taken from it now, or tables would be created elsewhere after a rotation.
     *
     * @throws IllegalArgumentException naming what is missing
     */
    public DatabaseTarget renewed(ConnectionParts fromSecret) {
        return target(given.loggingInAs(fromSecret), needsSecret() ? fromSecret : ConnectionParts.NONE);
    }

    private DatabaseTarget target(ConnectionParts first, ConnectionParts fromSecret) {
        ConnectionParts parts = first.over(fromSecret);
        return new DatabaseTarget(
                new Endpoint(host(parts), parts.port() == null ? Port.DEFAULT : parts.port()),
                RequiredParts.required(parts.database(), Variable.DATABASE_NAME),
                RequiredParts.required(parts.username(), Variable.DATABASE_USERNAME),
                Optional.ofNullable(parts.password()),
                new TlsSettings(
                        Optional.ofNullable(parts.sslMode()), Optional.ofNullable(parts.sslRootCert()), endpoint),
                Placement.of(role, schema, given.searchPath() == null ? parts.fromSecret() : parts));
    }

    /** What a source says about schema and role that LOCKKEEPER_SCHEMA and LOCKKEEPER_ROLE overrule, a sentence each. */
    public List<String> overruled(ConnectionParts source) {
        return Placement.overruled(role, schema, source);
    }

    private static String host(ConnectionParts parts) {
        String host = RequiredParts.required(parts.host(), Variable.DATABASE_HOST);
        try {
            return Endpoint.host(host);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("DATABASE_URL or the secret " + e.getMessage() + " by DATABASE_HOST", e);
        }
    }
}
