package dev.lockkeeper.settings;

import java.util.Locale;
import java.util.Optional;

/** The settings that every command takes. Help, README and warnings are made from this list and the commands' options. */
public enum Variable implements Setting {
    DATABASE_URL(
            Kind.VALUE,
            "",
            "jdbc:postgresql://, postgresql://, postgres:// or postgresql+driver:// URL, or the secret's whole JSON"),
    DATABASE_SECRET(Kind.VALUE, "", "name or ARN of the Secrets Manager secret to read at start with the task role"),
    DATABASE_HOST(Kind.VALUE, "", "completes or overrides the URL or secret"),
    DATABASE_PORT(Kind.VALUE, "5432", "completes or overrides the URL or secret"),
    DATABASE_NAME(Kind.VALUE, "", "completes or overrides the URL or secret"),
    DATABASE_USERNAME(Kind.VALUE, "", "completes or overrides the URL or secret"),
    DATABASE_PASSWORD(
            Kind.SECRET, "", "completes or overrides the URL or secret; never an option, which others could see"),
    DATABASE_ENDPOINT(
            Kind.VALUE,
            "",
            "the server's real name behind a tunnel (and its port, if that isn't 5432), for certificate and IAM token"),
    DATABASE_AUTH(Kind.VALUE, "password", "password, or iam for a fresh token of the task role with every connection"),
    DATABASE_SSLMODE(
            Kind.VALUE,
            "verify-full for RDS host names, else prefer",
            "disable, allow, prefer, require, verify-ca or verify-full; always wins"),
    DATABASE_SSLROOTCERT(Kind.VALUE, "Amazon's roots for RDS host names", "file of PEM certificates to trust"),
    LOCKKEEPER_CHANGELOG(
            Kind.VALUE, "changelog-root.yaml", "root file; a relative path resolves against the changelog root"),
    LOCKKEEPER_CHANGELOG_ROOT(
            Kind.VALUE,
            "the folder of a changelog given by path, else /changelog, else ./changelog",
            "search path that includes resolve against; FILENAME in the history is relative to it"),
    LOCKKEEPER_CONTEXTS(Kind.VALUE, "", "Liquibase contexts, comma-separated"),
    LOCKKEEPER_LABELS(Kind.VALUE, "", "Liquibase label expression"),
    LOCKKEEPER_PARAMETERS(Kind.VALUE, "", "changelog parameters, name=value separated by commas or line breaks"),
    LOCKKEEPER_SCHEMA(Kind.VALUE, "the first schema of the search path", "default schema; must exist"),
    LOCKKEEPER_HISTORY_SCHEMA(Kind.VALUE, "the default schema", "schema of the history table"),
    LOCKKEEPER_HISTORY_TABLE(Kind.VALUE, "databasechangelog", "name of the history table"),
    LOCKKEEPER_ROLE(Kind.VALUE, "", "SET ROLE after connecting, so that all objects have one owner"),
    LOCKKEEPER_CONNECT_WAIT(Kind.VALUE, "60s", "how long to retry a server that isn't up yet"),
    LOCKKEEPER_WAIT(Kind.VALUE, "10m", "how long to wait for another runner"),
    LOCKKEEPER_LOCK_TIMEOUT(Kind.VALUE, "2s", "how long a statement waits for a table's lock"),
    LOCKKEEPER_LOCK_RETRIES(Kind.VALUE, "30", "attempts after a lock wasn't granted"),
    LOCKKEEPER_TERMINATE_BLOCKERS_IDLE_IN_TRANSACTION(
            Kind.VALUE,
            "none",
            "ends sessions that keep us waiting and have been idle in a transaction for longer than this"),
    LOCKKEEPER_STATEMENT_TIMEOUT(Kind.VALUE, "none", "how long one statement may run"),
    LOCKKEEPER_DEADLINE(Kind.VALUE, "none", "how long the whole run may take"),
    LOCKKEEPER_UNKNOWN(Kind.VALUE, "warn", "history rows that the changelog doesn't know: warn or fail"),
    LOCKKEEPER_LOG_FORMAT(Kind.VALUE, "text on a terminal, else json", "text or json"),
    LOCKKEEPER_LOG_LEVEL(Kind.VALUE, "info", "debug, info, warn or error"),
    LOCKKEEPER_METRICS_NAMESPACE(Kind.VALUE, "Lockkeeper", "CloudWatch namespace of the metrics line"),
    LOCKKEEPER_OUTPUT(Kind.VALUE, "", "file that gets the result as one JSON object");

    private enum Kind {
        VALUE,
        SECRET
    }

    /** The prefix of our own variables. */
    public static final String PREFIX = "LOCKKEEPER_";

    private final Kind kind;
    private final String defaultText;
    private final String meaning;

    Variable(Kind kind, String defaultText, String meaning) {
        this.kind = kind;
        this.defaultText = defaultText;
        this.meaning = meaning;
    }

    @Override
    public Optional<String> variable() {
        return Optional.of(name());
    }

    /** Empty for a secret, since everybody on the machine can read a command line. */
    @Override
    public Optional<String> option() {
        if (kind == Kind.SECRET) {
            return Optional.empty();
        }
        String bare = name().startsWith(PREFIX) ? name().substring(PREFIX.length()) : name();
        return Optional.of("--" + bare.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    @Override
    public boolean flag() {
        return false;
    }

    @Override
    public String valueName() {
        return "VALUE";
    }

    @Override
    public String defaultText() {
        return defaultText;
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
