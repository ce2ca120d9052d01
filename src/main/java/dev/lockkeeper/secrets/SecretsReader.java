package dev.lockkeeper.secrets;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** Reads a secret from AWS Secrets Manager, with the task role or whatever credentials the environment gives. */
public final class SecretsReader {
    private static final Duration WHOLE_CALL = Duration.ofSeconds(20);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int REGION_IN_ARN = 3;

    private final Map<String, String> environment;

    public SecretsReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Reads the current version of a secret, at most for 20 seconds.
     *
     * @param secretId its name or ARN; an ARN names the region too
     * @throws Failure where it is missing, denied, binary, empty or out of reach
     */
    public String read(String secretId) throws Failure {
        try (SecretsManagerClient client = client(secretId)) {
            return text(secretId, client.getSecretValue(request -> request.secretId(secretId)));
        } catch (SdkException e) {
            throw new Failure(SecretProblem.of(secretId, e), e);
        }
    }

    private static String text(String secretId, GetSecretValueResponse answer) throws Failure {
        String text = answer.secretString();
        if (text == null) {
            throw new Failure(unusable(secretId, "is binary", "Store it as text: a URL or JSON."));
        }
        if (text.isBlank()) {
            throw new Failure(unusable(secretId, "is empty", "Store the database's URL or JSON in it."));
        }
        return text;
    }

    private static Outcome unusable(String secretId, String what, String whatNow) {
        return new Outcome.DatabaseUnusable("The secret " + secretId + " " + what + ".", whatNow);
    }

    private SecretsManagerClient client(String secretId) {
        SecretsManagerClientBuilder builder = SecretsManagerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(CONNECT))
                .overrideConfiguration(override -> override.apiCallTimeout(WHOLE_CALL))
                .credentialsProvider(credentials());
        region(secretId).map(Region::of).ifPresent(builder::region);
        given("AWS_ENDPOINT_URL_SECRETS_MANAGER")
                .or(() -> given("AWS_ENDPOINT_URL"))
                .map(URI::create)
                .ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private Optional<String> region(String secretId) {
        String[] parts = secretId.split(":", -1);
        if (secretId.startsWith("arn:") && parts.length > REGION_IN_ARN && !parts[REGION_IN_ARN].isEmpty()) {
            return Optional.of(parts[REGION_IN_ARN]);
        }
        return given("AWS_REGION").or(() -> given("AWS_DEFAULT_REGION"));
    }

    private AwsCredentialsProvider credentials() {
        Optional<String> id = given("AWS_ACCESS_KEY_ID");
        Optional<String> key = given("AWS_SECRET_ACCESS_KEY");
        if (id.isEmpty() || key.isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        AwsCredentials credentials = given("AWS_SESSION_TOKEN")
                .map(token -> (AwsCredentials) AwsSessionCredentials.create(id.get(), key.get(), token))
                .orElseGet(() -> AwsBasicCredentials.create(id.get(), key.get()));
        return StaticCredentialsProvider.create(credentials);
    }

    private Optional<String> given(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
