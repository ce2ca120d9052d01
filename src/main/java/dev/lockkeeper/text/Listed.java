package dev.lockkeeper.text;

import java.util.List;

/** Names as a part of a sentence. */
public final class Listed {
    private static final int MOST = 5;

    private Listed() {}

    /** "a", "a and b", "a, b and c"; from the sixth on only their number: "a, b, c, d, e and 59 more". */
    public static String of(List<String> names) {
        int all = names.size();
        if (all > MOST) {
            return String.join(", ", names.subList(0, MOST)) + " and " + (all - MOST) + " more";
        }
        return all < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, all - 1)) + " and " + names.get(all - 1);
    }
}
