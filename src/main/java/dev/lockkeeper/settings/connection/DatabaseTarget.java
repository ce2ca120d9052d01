package dev.lockkeeper.settings.connection;

import java.util.Optional;

/**
 * Where to connect, and as which user, complete.
 *
 * @param server what to connect to: the server itself, or the near end of a tunnel
 * @param placement schema and role to work in
 */
public record DatabaseTarget(
        Endpoint server,
        String database,
        String username,
        Optional<Secret> password,
        TlsSettings tls,
        Placement placement) {

    /** The same with an SSL mode. */
    public DatabaseTarget with(SslMode mode) {
        return new DatabaseTarget(server, database, username, password, tls.with(mode), placement);
    }

    /** The same with another password. */
    public DatabaseTarget with(Secret other) {
        return new DatabaseTarget(server, database, username, Optional.of(other), tls, placement);
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
