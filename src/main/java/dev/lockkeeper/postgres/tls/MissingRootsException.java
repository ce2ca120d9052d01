package dev.lockkeeper.postgres.tls;

/** The certificate of an RDS host can't be verified: no roots are shipped for its region. */
public final class MissingRootsException extends RuntimeException {
    private static final String BUNDLES =
            "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html";

    private final String region;

    MissingRootsException(String region) {
        super("""
                No root certificates are shipped for Amazon RDS in region '%s'. Download that region's certificate \
                bundle (%s) and name the file in DATABASE_SSLROOTCERT.""".formatted(region, BUNDLES));
        this.region = region;
    }

    /** The AWS region as the host name spells it. */
    public String region() {
        return region;
    }
}
