package dev.lockkeeper.secrets;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * Makes the token that replaces a password if a database accepts AWS identities: a presigned request for the action
 * {@code connect} of the service {@code rds-db}, valid for 15 minutes
 * (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.Connecting.html). The SDK's own class
 * for such tokens, RdsUtilities, comes with the whole RDS client, 13 MB.
 */
public final class RdsToken {
    private static final Duration VALID = Duration.ofMinutes(15);
    private static final String SCHEME = "https://";

    private final AwsEnvironment environment;

    /** Makes tokens with the run's credentials. */
    public RdsToken(AwsEnvironment environment) {
        this.environment = environment;
    }

    /**
     * A fresh token; needs the network only if the credentials must be fetched.
     *
     * @param host the database's own name, whatever tunnel leads there
     * @param region the database's, if its name tells
     * @throws Failure if there are no credentials or the region isn't known
     */
    public String make(String host, int port, String user, Optional<String> region) throws Failure {
        String signed = region.or(environment::region)
                .orElseThrow(() -> new Failure(new Refused.BadInput(
                        List.of("DATABASE_AUTH=iam needs the database's region, and the host name " + host
                                + " doesn't tell it"),
                        "Set AWS_REGION, or name the database by DATABASE_ENDPOINT.")));
        try {
            return sign(host, port, user, signed);
        } catch (SdkException e) {
            throw new Failure(
                    new Refused.DatabaseUnusable(
                            "No AWS credentials for DATABASE_AUTH=iam: " + e.getMessage(),
                            "Give the task a task role that allows rds-db:connect, or the AWS_ variables of one."),
                    e);
        }
    }

    private String sign(String host, int port, String user, String region) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol("https")
                .host(host)
                .port(port)
                .encodedPath("/")
                .putRawQueryParameter("Action", "connect")
                .putRawQueryParameter("DBUser", user)
                .build();
        return AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(environment.credentials().resolveCredentials())
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "rds-db")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, VALID))
                .request()
                .getUri()
                .toString()
                .substring(SCHEME.length());
    }
}
