package dev.lockkeeper.settings;

import java.util.Optional;

/**
 * Where to connect to and as whom, complete.
 *
 * @param endpoint the server's real name behind a tunnel
 * @param endpointPort its real port there
 */
public record DatabaseTarget(
        String host,
        int port,
        String database,
        String username,
        Optional<Secret> password,
        Optional<SslMode> sslMode,
        Optional<String> sslRootCert,
        Optional<String> endpoint,
        int endpointPort) {

    /** The same with an SSL mode. */
    public DatabaseTarget with(SslMode mode) {
        return new DatabaseTarget(
                host, port, database, username, password, Optional.of(mode), sslRootCert, endpoint, endpointPort);
    }

    /** The same with another password. */
    public DatabaseTarget with(Secret other) {
        return new DatabaseTarget(
                host, port, database, username, Optional.of(other), sslMode, sslRootCert, endpoint, endpointPort);
    }

    /** {@code host:port/database}, for messages. */
    public String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/" + database;
    }
}
