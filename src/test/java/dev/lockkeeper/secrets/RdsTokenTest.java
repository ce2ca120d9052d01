package dev.lockkeeper.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.model.Failure;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsUtilities;

/** Our token is the same as the SDK's own. */
class RdsTokenTest {
    private static final String HOST = "db.abc.eu-central-1.rds.amazonaws.com";
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "AWS_ACCESS_KEY_ID",
            "AKIATEST",
            "AWS_SECRET_ACCESS_KEY",
            "not-a-secret",
            "AWS_SESSION_TOKEN",
            "a/session+token=");

    @Test
    void it_has_the_same_parameters_and_signature_within_the_same_second() throws Exception {
        String ours = "";
        String theirs = "";
        // The second may change between the two; twice in a row it doesn't.
        for (int i = 0; i < 5 && (ours.isEmpty() || !parts(ours).equals(parts(theirs))); i++) {
            ours = new RdsToken(new AwsEnvironment(ENVIRONMENT))
                    .make(HOST, 5433, "app user", Optional.of("eu-central-1"));
            theirs = sdks();
        }
        assertThat(parts(ours)).isEqualTo(parts(theirs));
        assertThat(ours).startsWith(HOST + ":5433/?").contains("X-Amz-Expires=900");
    }

    private static Set<String> parts(String token) {
        return Set.of(token.split("[?&]"));
    }

    private static String sdks() {
        return RdsUtilities.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsSessionCredentials.create("AKIATEST", "not-a-secret", "a/session+token=")))
                .build()
                .generateAuthenticationToken(
                        request -> request.hostname(HOST).port(5433).username("app user"));
    }

    @Test
    void the_region_must_be_known() throws Exception {
        assertThatThrownBy(() -> new RdsToken(new AwsEnvironment(ENVIRONMENT))
                        .make("db.internal", 5432, "app", Optional.empty()))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.outcome().happened()).contains("region", "db.internal"));
    }
}
