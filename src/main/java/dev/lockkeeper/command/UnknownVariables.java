package dev.lockkeeper.command;

import dev.lockkeeper.settings.Spelling;
import dev.lockkeeper.settings.Variable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds variables that were probably meant for us, and that we don't know: those with our prefix, which have a typo or
 * are settings of a newer image, and misspelt ones of the database. Other {@code DATABASE_} variables may be the app's.
 */
public final class UnknownVariables {
    private static final String DATABASE = "DATABASE_";

    private UnknownVariables() {}

    /** A sentence for each of the names that no command knows. */
    public static List<String> in(Collection<String> names) {
        List<String> known = Commands.ALL.stream()
                .flatMap(command -> command.settings().stream())
                .flatMap(setting -> setting.variable().stream())
                .distinct()
                .toList();
        return names.stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .flatMap(name ->
                        name.startsWith(Variable.PREFIX) ? Stream.of(ours(name, known)) : misspelt(name, known, names))
                .toList();
    }

    private static String ours(String name, List<String> known) {
        return sentence(name, Spelling.nearest(name, known, Variable.PREFIX));
    }

    /** Not misspelt if the one that it resembles is set as well. */
    private static Stream<String> misspelt(String name, List<String> known, Collection<String> names) {
        if (!name.startsWith(DATABASE)) {
            return Stream.empty();
        }
        List<String> ofDatabase =
                known.stream().filter(one -> one.startsWith(DATABASE)).toList();
        return Spelling.misspelt(name, ofDatabase, DATABASE)
                .filter(meant -> !names.contains(meant))
                .map(meant -> sentence(name, Optional.of(meant)))
                .stream();
    }

    private static String sentence(String name, Optional<String> meant) {
        return name + " isn't a setting and is ignored"
                + meant.map(other -> "; did you mean " + other + "?").orElse("");
    }
}
