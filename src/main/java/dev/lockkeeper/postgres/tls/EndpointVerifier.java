package dev.lockkeeper.postgres.tls;

import java.util.Properties;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLSession;
import org.postgresql.ssl.PGjdbcHostnameVerifier;

/**
 * A pgjdbc {@code sslhostnameverifier} for a connection through a tunnel: the certificate has to carry the server's
 * real name, not that of the tunnel's near end. The matching is pgjdbc's own.
 */
public final class EndpointVerifier implements HostnameVerifier {
    private final String serverName;

    /**
     * Called by pgjdbc with the connection's properties.
     *
     * @throws IllegalArgumentException if they don't name the server
     */
    public EndpointVerifier(Properties properties) {
        serverName = TlsProperties.serverName(properties);
    }

    @Override
    public boolean verify(String connectedHost, SSLSession session) {
        return PGjdbcHostnameVerifier.INSTANCE.verify(serverName, session);
    }
}
