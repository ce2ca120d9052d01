package dev.lockkeeper.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what a misspelt name was meant to be. */
public final class Spelling {
    private static final int MOST_EDITS = 3;
    private static final int CHARACTERS_PER_EDIT = 4;
    private static final int LONG = 6;
    private static final int SHORTEST_BEGINNING = 4;

    private Spelling() {}

    /**
     * The known name that is most similar to this one; empty if none is similar.
     *
     * @param prefix a prefix that isn't compared
     */
    public static Optional<String> nearest(String name, Collection<String> known, String prefix) {
        String bare = bare(name, prefix);
        int most = Math.min(MOST_EDITS, bare.length() / CHARACTERS_PER_EDIT + 1);
        return known.stream()
                .min(Comparator.comparingInt(one -> distance(bare(one, prefix), bare)))
                .filter(one -> distance(bare(one, prefix), bare) <= most);
    }

    /**
     * The known name that this one is certainly meant to be: without underscores it differs by one or two characters,
     * or it is the beginning of the known name. For names that may also belong to somebody else.
     */
    public static Optional<String> misspelt(String name, Collection<String> known, String prefix) {
        String bare = bare(name, prefix).replace("_", "");
        int most = bare.length() < LONG ? 1 : 2;
        return known.stream()
                .filter(one -> {
                    String other = bare(one, prefix).replace("_", "");
                    return distance(other, bare) <= most
                            || (bare.length() >= SHORTEST_BEGINNING && other.startsWith(bare));
                })
                .findFirst();
    }

    private static String bare(String name, String prefix) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
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
