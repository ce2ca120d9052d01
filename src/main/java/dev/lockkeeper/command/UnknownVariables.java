package dev.lockkeeper.command;

import dev.lockkeeper.settings.Spelling;
import dev.lockkeeper.settings.Variable;
import java.util.Collection;
import java.util.List;

/** Finds variables with our prefix that we don't know: a typo, or a setting of a newer image. */
public final class UnknownVariables {
    private UnknownVariables() {}

    /** A sentence for each of the names that no command knows. */
    public static List<String> in(Collection<String> names) {
        List<String> known = Commands.ALL.stream()
                .flatMap(command -> command.settings().stream())
                .flatMap(setting -> setting.variable().stream())
                .distinct()
                .toList();
        return names.stream()
                .filter(name -> name.startsWith(Variable.PREFIX) && !known.contains(name))
                .sorted()
                .map(name -> sentence(name, known))
                .toList();
    }

    private static String sentence(String name, List<String> known) {
        return name + " isn't a setting and is ignored"
                + Spelling.nearest(name, known, Variable.PREFIX)
                        .map(meant -> "; did you mean " + meant + "?")
                        .orElse("");
    }
}
