package dev.lockkeeper.postgres.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.postgresql.ssl.WrappedFactory;

/**
 * A pgjdbc {@code sslfactory} that trusts the shipped roots of one RDS host and nothing else, without a file on disk.
 *
 * <p>It verifies the chain at every {@code sslmode}; the host name is pgjdbc's part, under {@code verify-full}. pgjdbc
 * makes an instance for each connection, so the class and its constructor have to be public.
 */
public final class TrustedSocketFactory extends WrappedFactory {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /**
     * Called by pgjdbc with the connection's properties.
     *
     * @throws IllegalArgumentException if they name no RDS host
     * @throws MissingRootsException if no roots are shipped for its region
     */
    public TrustedSocketFactory(Properties properties) throws IOException, GeneralSecurityException {
        this(shippedRoots(TlsProperties.serverName(properties)));
    }

    TrustedSocketFactory(List<X509Certificate> roots) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trustManagers(roots), null);
        factory = context.getSocketFactory();
    }

    /** The one that pgjdbc calls: PostgreSQL turns a plain connection into TLS after its own negotiation. */
    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        SSLSocket socket = (SSLSocket) super.createSocket(plain, host, port, autoClose);
        socket.setEnabledProtocols(PROTOCOLS);
        return socket;
    }

    private static List<X509Certificate> shippedRoots(String serverName) {
        RdsHost host = RdsHost.parse(serverName)
                .orElseThrow(() -> new IllegalArgumentException(serverName + " is no host of Amazon RDS"));
        return RdsRoots.of(host);
    }

    private static TrustManager[] trustManagers(List<X509Certificate> roots)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (X509Certificate root : roots) {
            store.setCertificateEntry("root-" + store.size(), root);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        return trust.getTrustManagers();
    }
}
