package dev.lockkeeper.changelog.failure;

import dev.lockkeeper.changelog.Causes;
import java.util.List;
import java.util.stream.Collectors;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import liquibase.precondition.ErrorPrecondition;
import liquibase.precondition.FailedPrecondition;
import liquibase.precondition.Precondition;

/** Sentences on preconditions that aren't met, without a full stop. */
public final class UnmetPrecondition {
    private UnmetPrecondition() {}

    /** A precondition that was checked and isn't met. */
    public static String failed(PreconditionFailedException failed, Object onFail) {
        return "its precondition failed (onFail: " + onFail + "): "
                + failed.getFailedPreconditions().stream()
                        .map(FailedPrecondition::getMessage)
                        .collect(Collectors.joining("; "));
    }

    /** A precondition that couldn't be checked. */
    public static String errored(PreconditionErrorException error, Object onError) {
        return "its precondition couldn't be checked (onError: " + onError + "): "
                + causes(error.getErrorPreconditions());
    }

    private static String causes(List<ErrorPrecondition> errors) {
        return errors.stream()
                .map(error -> named(error.getPrecondition()) + Causes.message(error.getCause()))
                .collect(Collectors.joining("; "));
    }

    private static String named(Precondition precondition) {
        return precondition == null ? "" : precondition.getName() + ": ";
    }
}
