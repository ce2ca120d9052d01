package dev.lockkeeper.secrets;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.Refused;
import java.time.Duration;
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

    private final AwsEnvironment environment;

    /** Reads secrets with the run's credentials. */
    public SecretsReader(AwsEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Reads the current version of a secret, within 20 seconds.
     *
     * @param secretId its name or ARN, also with the JSON key that ECS allows after it; an ARN names the region too
     * @throws Failure if it is missing, denied, binary, empty or out of reach
     */
    public String read(String secretId) throws Failure {
        SecretReference secret = SecretReference.parse(secretId);
        try (SecretsManagerClient client = client(secret)) {
            return text(secret, client.getSecretValue(request -> request.secretId(secret.id())));
        } catch (SdkException e) {
            throw new Failure(SecretProblem.of(secretId, e), e);
        }
    }

    /**
     * Reads the version that a rotation under way has made and will make the current one
     * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version).
     *
     * @return empty if no rotation is under way
     * @throws Failure if Secrets Manager is out of reach or refuses
     */
    public Optional<String> readPending(String secretId) throws Failure {
        SecretReference secret = SecretReference.parse(secretId);
        try (SecretsManagerClient client = client(secret)) {
            return Optional.of(text(
                    secret,
                    client.getSecretValue(
                            request -> request.secretId(secret.id()).versionStage("AWSPENDING"))));
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new Failure(SecretProblem.of(secretId, e), e);
        }
    }

    private static String text(SecretReference secret, GetSecretValueResponse answer) throws Failure {
        String secretId = secret.id();
        String text = answer.secretString();
        if (text == null) {
            throw new Failure(unusable(secretId, "is binary", "Store it as text: a URL or JSON."));
        }
        if (text.isBlank()) {
            throw new Failure(unusable(secretId, "is empty", "Store the database's URL or JSON in it."));
        }
        return secret.within(text)
                .orElseThrow(() -> new Failure(unusable(
                        secretId,
                        "has no key \"" + secret.key().orElse("") + "\" in its JSON",
                        "Correct the key behind the ARN, or leave it out if the whole secret is meant.")));
    }

    private static Outcome unusable(String secretId, String what, String whatNow) {
        return new Refused.DatabaseUnusable("The secret " + secretId + " " + what + ".", whatNow);
    }

    private SecretsManagerClient client(SecretReference secret) {
        SecretsManagerClientBuilder builder = SecretsManagerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(CONNECT))
                .overrideConfiguration(override -> override.apiCallTimeout(WHOLE_CALL))
                .credentialsProvider(environment.credentials());
        secret.region().or(environment::region).map(Region::of).ifPresent(builder::region);
        environment.endpoint("SECRETS_MANAGER").ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
