package dev.lockkeeper.postgres.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Amazon's root certificates, shipped on the class path: one file per region, because parsing all of them at every
 * start costs more CPU than the rest of a TLS handshake. The README.md next to the files says where they come from.
 */
final class RdsRoots {
    private static final String FOLDER = "certificates/";

    private RdsRoots() {}

    /** Whether the roots that this host's certificate leads to are shipped. */
    static boolean areShippedFor(RdsHost host) {
        return RdsRoots.class.getResource(file(host)) != null;
    }

    /**
     * The roots that this host's certificate leads to, and no others.
     *
     * @throws MissingRootsException if none are shipped for its region
     */
    static List<X509Certificate> of(RdsHost host) {
        try (InputStream pem = RdsRoots.class.getResourceAsStream(file(host))) {
            if (pem == null) {
                throw new MissingRootsException(host.region());
            }
            return CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateException e) {
            throw new IllegalStateException("The shipped certificates in " + file(host) + " are broken", e);
        }
    }

    private static String file(RdsHost host) {
        return FOLDER + (host.proxy() ? "rds-proxy" : "regions/" + host.region()) + ".pem";
    }
}
