package dev.lockkeeper.settings;

import java.util.Optional;

/**
 * Where to connect to and as whom, complete.
 *
 * @param server what to connect to: the server itself, or the near end of a tunnel
 * @param schema the default schema, empty for the search path's head
 */
public record DatabaseTarget(
        Endpoint server,
        String database,
        String username,
        Optional<Secret> password,
        TlsSettings tls,
        Optional<String> schema) {

    /** The same with an SSL mode. */
    public DatabaseTarget with(SslMode mode) {
        return new DatabaseTarget(server, database, username, password, tls.with(mode), schema);
    }

    /** The same with another password. */
    public DatabaseTarget with(Secret other) {
        return new DatabaseTarget(server, database, username, Optional.of(other), tls, schema);
    }

    /** The server as its certificate and its IAM tokens name it, whatever tunnel leads there. */
    public Endpoint realServer() {
        return tls.endpoint().orElse(server);
    }

    /** {@code host:port/database}, for messages. */
    public String address() {
        return server + "/" + database;
    }
}
