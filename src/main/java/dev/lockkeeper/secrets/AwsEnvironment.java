package dev.lockkeeper.secrets;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What the environment variables of AWS say; what they leave open, the SDK finds out (task role, profile). */
record AwsEnvironment(Map<String, String> variables) {

    Optional<String> region() {
        return given("AWS_REGION").or(() -> given("AWS_DEFAULT_REGION"));
    }

    /** Where a service is, if it isn't where Amazon says. */
    Optional<URI> endpoint(String service) {
        return given("AWS_ENDPOINT_URL_" + service)
                .or(() -> given("AWS_ENDPOINT_URL"))
                .map(URI::create);
    }

    AwsCredentialsProvider credentials() {
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
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }
}
