package dev.lockkeeper.settings.connection;

import java.util.Optional;

/**
 * What is required of TLS.
 *
 * @param mode empty if it depends on the server's name
 * @param rootCertificates path of a PEM file
 * @param endpoint the server's real name and port behind a tunnel
 */
public record TlsSettings(Optional<SslMode> mode, Optional<String> rootCertificates, Optional<Endpoint> endpoint) {

    /** The same with a mode. */
    public TlsSettings with(SslMode given) {
        return new TlsSettings(Optional.of(given), rootCertificates, endpoint);
    }
}
