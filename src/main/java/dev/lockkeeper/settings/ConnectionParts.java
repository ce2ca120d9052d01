package dev.lockkeeper.settings;

import org.jspecify.annotations.Nullable;

/** What one source says of the connection; anything may be missing, since another source may complete it. */
public record ConnectionParts(
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String database,
        @Nullable String username,
        @Nullable Secret password,
        @Nullable SslMode sslMode,
        @Nullable String sslRootCert,
        @Nullable String schema) {

    /** Says nothing. */
    public static final ConnectionParts NONE = new ConnectionParts(null, null, null, null, null, null, null, null);

    /** These parts, completed by {@code other} where they say nothing. */
    public ConnectionParts over(ConnectionParts other) {
        return new ConnectionParts(
                first(host, other.host),
                first(port, other.port),
                first(database, other.database),
                first(username, other.username),
                first(password, other.password),
                first(sslMode, other.sslMode),
                first(sslRootCert, other.sslRootCert),
                first(schema, other.schema));
    }

    /** These parts with the other's user and password, which belong together, where it has them. */
    public ConnectionParts loggingInAs(ConnectionParts other) {
        return new ConnectionParts(null, null, null, other.username, other.password, null, null, null).over(this);
    }

    private static <T> @Nullable T first(@Nullable T mine, @Nullable T others) {
        return mine != null ? mine : others;
    }
}
