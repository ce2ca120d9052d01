package dev.lockkeeper.changelog;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import liquibase.precondition.FailedPrecondition;
import org.jspecify.annotations.Nullable;

/** Finds facts in a chain of Liquibase's exceptions. */
public final class Causes {
    private static final Pattern FAILED_SQL = Pattern.compile("\\[Failed SQL: (?:\\(\\d+\\) )?(.*)]", Pattern.DOTALL);

    private Causes() {}

    public static Optional<SQLException> sql(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    /** The statement Liquibase quotes in its message. */
    public static @Nullable String statement(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Matcher quoted = FAILED_SQL.matcher(String.valueOf(cause.getMessage()));
            if (quoted.find()) {
                return quoted.group(1);
            }
        }
        return null;
    }

    /** Throws the JVM's own error, if a library wrapped one as if the statement had failed by itself. */
    public static void rethrowFatal(Exception thrown) {
        Stream.of(VirtualMachineError.class, LinkageError.class)
                .flatMap(type -> first(type, thrown).stream())
                .findFirst()
                .ifPresent(error -> {
                    throw error;
                });
    }

    public static <T extends Throwable> Optional<T> first(Class<T> type, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    /** The innermost message, which is the one that says what is wrong. */
    public static String message(Throwable thrown) {
        Optional<PreconditionErrorException> unchecked = first(PreconditionErrorException.class, thrown);
        if (unchecked.isPresent()) {
            return "a precondition couldn't be checked: "
                    + unchecked.get().getErrorPreconditions().stream()
                            .map(error -> message(error.getCause()))
                            .collect(Collectors.joining("; "));
        }
        Optional<SQLException> sql = sql(thrown);
        if (sql.isPresent()) {
            return String.valueOf(sql.get().getMessage());
        }
        Optional<PreconditionFailedException> precondition = first(PreconditionFailedException.class, thrown);
        if (precondition.isPresent()) {
            return "a precondition failed: "
                    + precondition.get().getFailedPreconditions().stream()
                            .map(FailedPrecondition::getMessage)
                            .collect(Collectors.joining("; "));
        }
        Throwable last = thrown;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage() == null ? last : last.getMessage())
                .strip();
    }
}
