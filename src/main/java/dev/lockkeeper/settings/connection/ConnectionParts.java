package dev.lockkeeper.settings.connection;

import org.jspecify.annotations.Nullable;

/**
 * What one source says about the connection; anything may be missing, since another source may complete it.
 *
 * @param host as written; it may be something that we can't connect to
 */
public record ConnectionParts(
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String database,
        @Nullable String username,
        @Nullable Secret password,
        @Nullable SslMode sslMode,
        @Nullable String sslRootCert,
        @Nullable SearchPath searchPath,
        @Nullable String role) {

    /** Says nothing. */
    public static final ConnectionParts NONE =
            new ConnectionParts(null, null, null, null, null, null, null, null, null);

    /** These parts, completed by those of {@code other} that are missing here. */
    public ConnectionParts over(ConnectionParts other) {
        return new ConnectionParts(
                first(host, other.host),
                first(port, other.port),
                first(database, other.database),
                first(username, other.username),
                first(password, other.password),
                first(sslMode, other.sslMode),
                first(sslRootCert, other.sslRootCert),
                first(searchPath, other.searchPath),
                first(role, other.role));
    }

    /** These parts with the other's user and password, which belong together, if it has them. */
    public ConnectionParts loggingInAs(ConnectionParts other) {
        return new ConnectionParts(null, null, null, other.username, other.password, null, null, null, null).over(this);
    }

    /** These parts as read from a secret, in which earlier versions ignored currentSchema. */
    public ConnectionParts fromSecret() {
        SearchPath unheardOf = searchPath == null ? null : searchPath.unheardOf();
        return new ConnectionParts(host, port, database, username, password, sslMode, sslRootCert, unheardOf, role);
    }

    private static <T> @Nullable T first(@Nullable T mine, @Nullable T others) {
        return mine != null ? mine : others;
    }
}
