package dev.lockkeeper.settings;

import java.util.Optional;

/** Where to connect to and as whom, complete. */
public record DatabaseTarget(
        String host,
        int port,
        String database,
        String username,
        Optional<Secret> password,
        Optional<SslMode> sslMode,
        Optional<String> sslRootCert,
        Optional<String> endpoint) {

    /** {@code host:port/database}, for messages. */
    public String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/" + database;
    }
}
