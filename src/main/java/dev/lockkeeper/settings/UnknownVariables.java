package dev.lockkeeper.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Finds variables with our prefix that we don't know: a typo, or a setting of a newer image. */
final class UnknownVariables {
    private UnknownVariables() {}

    /**
     * A sentence for each.
     *
     * @param names of all variables that are set
     * @param ofCommands the variables that single commands know
     */
    static List<String> in(Collection<String> names, List<String> ofCommands) {
        List<String> known = Stream.concat(Arrays.stream(Variable.values()).map(Variable::name), ofCommands.stream())
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
