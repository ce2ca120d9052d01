package dev.lockkeeper.postgres.tls;

import dev.lockkeeper.settings.connection.SslMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How a connection uses TLS, as pgjdbc's connection properties.
 *
 * @param mode the mode in effect, given or by default
 * @param connection the properties to set, by the names pgjdbc knows them by, and one of our own
 */
public record TlsProperties(SslMode mode, Map<String, String> connection) {
    /**
     * The name that the server's certificate has to carry; pgjdbc passes it to the two classes of ours that it
     * instantiates.
     */
    static final String SERVER_NAME = "lockkeeper.tls.host";

    public TlsProperties {
        connection = Map.copyOf(connection);
    }

    /**
     * Decides from what was given. A given mode always wins. Without one it is {@code verify-full} if the user named
     * root certificates or the server is one of Amazon RDS, and pgjdbc's default, {@code prefer}, elsewhere. If a
     * chain is to be verified, the user's root certificates win over the shipped ones.
     *
     * @param rootCertificates path of a PEM file
     * @param host what to connect to: the server, or the near end of a tunnel
     * @param endpoint the server's real name behind a tunnel
     * @throws MissingRootsException if an RDS server is to be verified in a region whose roots aren't shipped
     */
    public static TlsProperties of(
            @Nullable SslMode mode, @Nullable String rootCertificates, String host, @Nullable String endpoint) {
        String serverName = RdsHost.withoutTrailingDot(endpoint == null ? host : endpoint);
        Optional<RdsHost> rds = RdsHost.parse(serverName);
        SslMode effective = mode == null ? defaultMode(rootCertificates != null || rds.isPresent()) : mode;

        Map<String, String> connection = new LinkedHashMap<>();
        connection.put("sslmode", effective.text());
        if (rootCertificates != null) {
            connection.put("sslrootcert", rootCertificates);
        }
        if (rootCertificates == null && rds.isPresent() && effective.verifiesChain()) {
            requireShippedRoots(rds.get());
            connection.put("sslfactory", TrustedSocketFactory.class.getName());
            connection.put(SERVER_NAME, serverName);
        }
        if (effective == SslMode.VERIFY_FULL && !serverName.equals(host)) {
            connection.put("sslhostnameverifier", EndpointVerifier.class.getName());
            connection.put(SERVER_NAME, serverName);
        }
        return new TlsProperties(effective, connection);
    }

    /** Whether both the certificate's chain and its name are verified; anything less deserves a warning. */
    public boolean verifies() {
        return mode == SslMode.VERIFY_FULL;
    }

    static String serverName(Properties properties) {
        String name = properties.getProperty(SERVER_NAME);
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("The connection property " + SERVER_NAME + " is missing");
        }
        return name;
    }

    private static SslMode defaultMode(boolean verifiable) {
        return verifiable ? SslMode.VERIFY_FULL : SslMode.PREFER;
    }

    private static void requireShippedRoots(RdsHost host) {
        if (!RdsRoots.areShippedFor(host)) {
            throw new MissingRootsException(host.region());
        }
    }
}
