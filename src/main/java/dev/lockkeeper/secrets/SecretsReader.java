package dev.lockkeeper.secrets;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Reads a secret from AWS Secrets Manager, with the task role or whatever credentials the environment gives. */
public final class SecretsReader {
    private static final Duration WHOLE_CALL = Duration.ofSeconds(20);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int REGION_IN_ARN = 3;

    private final AwsEnvironment environment;

    public SecretsReader(Map<String, String> environment) {
        this.environment = new AwsEnvironment(environment);
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

    /**
     * Reads the version that a rotation under way has made and will make the current one
     * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version).
     *
     * @return empty where no rotation is under way
     * @throws Failure where Secrets Manager is out of reach or refuses
     */
    public Optional<String> readPending(String secretId) throws Failure {
        try (SecretsManagerClient client = client(secretId)) {
            return Optional.of(text(
                    secretId,
                    client.getSecretValue(request -> request.secretId(secretId).versionStage("AWSPENDING"))));
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
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
                .credentialsProvider(environment.credentials());
        regionInArn(secretId).or(environment::region).map(Region::of).ifPresent(builder::region);
        environment.endpoint("SECRETS_MANAGER").ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static Optional<String> regionInArn(String secretId) {
        String[] parts = secretId.split(":", -1);
        return secretId.startsWith("arn:") && parts.length > REGION_IN_ARN && !parts[REGION_IN_ARN].isEmpty()
                ? Optional.of(parts[REGION_IN_ARN])
                : Optional.empty();
    }
}
