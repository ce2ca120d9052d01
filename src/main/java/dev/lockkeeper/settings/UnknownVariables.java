package dev.lockkeeper.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds variables with our prefix that we don't know: a typing error, or a newer task definition's. */
final class UnknownVariables {
    private static final int NEAR = 3;
    private static final int SHARE = 4;

    private UnknownVariables() {}

    static List<String> in(Collection<String> names) {
        return names.stream()
                .filter(name -> name.startsWith(Variable.PREFIX))
                .filter(name -> Arrays.stream(Variable.values())
                        .noneMatch(known -> known.variable().equals(name)))
                .sorted()
                .map(UnknownVariables::sentence)
                .toList();
    }

    private static String sentence(String name) {
        return Arrays.stream(Variable.values())
                .map(Variable::variable)
                .min(Comparator.comparingInt(known -> distance(known, name)))
                .filter(known ->
                        distance(known, name) <= Math.min(NEAR, (name.length() - Variable.PREFIX.length()) / SHARE + 1))
                .map(known -> name + " isn't a setting and is ignored; did you mean " + known + "?")
                .orElse(name + " isn't a setting and is ignored");
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
