package dev.lockkeeper.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A setting, given by an environment variable, on the command line, or by either; the command line wins. */
public sealed interface Setting permits Variable, CommandOption {

    /** The environment variable's name; empty if only the command line can give the setting. */
    Optional<String> variable();

    /** The option's name with its dashes, {@code --lock-timeout}; empty if the setting isn't an option. */
    Optional<String> option();

    /** Whether the option takes no value. */
    boolean flag();

    /** The placeholder for the value in the help, such as {@code TAG}. */
    String valueName();

    /** The default as the help shows it; empty if there is none. */
    String defaultText();

    /** One line on what it does. */
    String meaning();

    /** The setting as a message names it: {@code LOCKKEEPER_LOCK_TIMEOUT (--lock-timeout)}. */
    default String label() {
        List<String> names =
                Stream.concat(variable().stream(), option().stream()).toList();
        return switch (names.size()) {
            case 0 -> valueName();
            case 1 -> names.get(0);
            default -> names.get(0) + " (" + names.get(1) + ")";
        };
    }
}
