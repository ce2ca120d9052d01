package dev.lockkeeper.secrets;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The settings in AWS's environment variables; the SDK finds out what they leave open (task role, profile). There is
 * one instance for a whole run: credentials are fetched over the network, and the SDK keeps them until they expire.
 */
public final class AwsEnvironment {
    private final Map<String, String> variables;
    private @Nullable AwsCredentialsProvider credentials;

    /** Reads nothing yet; credentials are looked for when they are first needed. */
    public AwsEnvironment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    Optional<String> region() {
        return given("AWS_REGION").or(() -> given("AWS_DEFAULT_REGION"));
    }

    /** A service's endpoint, if it isn't Amazon's own. */
    Optional<URI> endpoint(String service) {
        return given("AWS_ENDPOINT_URL_" + service)
                .or(() -> given("AWS_ENDPOINT_URL"))
                .map(URI::create);
    }

    /** The same provider at each call; the monitor's thread asks too. */
    synchronized AwsCredentialsProvider credentials() {
        if (credentials == null) {
            credentials = provider();
        }
        return credentials;
    }

    private AwsCredentialsProvider provider() {
        Optional<String> id = given("AWS_ACCESS_KEY_ID");
        Optional<String> key = given("AWS_SECRET_ACCESS_KEY");
        if (id.isEmpty() || key.isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        AwsCredentials given = given("AWS_SESSION_TOKEN")
                .map(token -> (AwsCredentials) AwsSessionCredentials.create(id.get(), key.get(), token))
                .orElseGet(() -> AwsBasicCredentials.create(id.get(), key.get()));
        return StaticCredentialsProvider.create(given);
    }

    private Optional<String> given(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }
}
