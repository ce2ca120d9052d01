package dev.lockkeeper.secrets;

import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.Refused;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns what Secrets Manager answers into what a person can do about it. */
final class SecretProblem {
    private static final int LONGEST = 300;

    private SecretProblem() {}

    /** See https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html#API_GetSecretValue_Errors */
    static Outcome of(String secretId, SdkException thrown) {
        if (thrown instanceof AwsServiceException service && service.awsErrorDetails() != null) {
            String code = service.awsErrorDetails().errorCode();
            return outcome(secretId, code, whatNow(secretId, code == null ? "" : code));
        }
        return new Refused.DatabaseUnusable(
                "Secrets Manager couldn't be asked for the secret " + secretId + ": " + firstLine(thrown) + ".",
                "Check AWS_REGION, the task role, and the way to Secrets Manager: a private subnet without NAT needs an"
                        + " interface endpoint for secretsmanager whose security group allows 443 from the task.");
    }

    private static Outcome outcome(String secretId, String code, String whatNow) {
        return new Refused.DatabaseUnusable(
                "Secrets Manager refused the secret " + secretId + " with " + code + ".", whatNow);
    }

    private static String whatNow(String secretId, String code) {
        return switch (code) {
            case "ResourceNotFoundException" ->
                "Check DATABASE_SECRET and the region: there is no secret of that name or ARN, or it has no value yet.";
            case "AccessDeniedException" -> "Allow the task role secretsmanager:GetSecretValue on " + secretId + ".";
            case "DecryptionFailure" -> "Allow the task role kms:Decrypt on the secret's key.";
            case "InvalidRequestException" -> "Check whether the secret is scheduled for deletion.";
            default -> "Check the secret and the task role's permissions.";
        };
    }

    private static String firstLine(SdkException thrown) {
        String first = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("no reason given");
        // The SDK lists every place it looked in, with the Java objects that looked.
        String bare = first.replaceFirst(" (?:from any of the providers )?in the chain .*", "")
                .replaceAll("\\.$", "");
        return bare.length() <= LONGEST ? bare : bare.substring(0, LONGEST) + "…";
    }
}
