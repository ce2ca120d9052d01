package dev.lockkeeper.settings;

import dev.lockkeeper.settings.connection.ConnectionParts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every connection needs, from whichever source. */
final class RequiredParts {
    private RequiredParts() {}

    /** The variables that would fill what is missing. */
    static List<Variable> missingIn(ConnectionParts parts) {
        List<Variable> missing = new ArrayList<>();
        if (parts.host() == null) {
            missing.add(Variable.DATABASE_HOST);
        }
        if (parts.database() == null) {
            missing.add(Variable.DATABASE_NAME);
        }
        if (parts.username() == null) {
            missing.add(Variable.DATABASE_USERNAME);
        }
        return missing;
    }

    static String sentence(Variable missing) {
        String what = switch (missing) {
            case DATABASE_HOST -> "database's host";
            case DATABASE_NAME -> "database name";
            default -> "database's user name";
        };
        return "The " + what + " is missing: add it to DATABASE_URL or the secret, or set " + missing.name();
    }

    /**
     * The value.
     *
     * @throws IllegalArgumentException if there is none, with the sentence for the variable
     */
    static <T> T required(@Nullable T value, Variable variable) {
        if (value == null) {
            throw new IllegalArgumentException(sentence(variable));
        }
        return value;
    }
}
