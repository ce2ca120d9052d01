package dev.lockkeeper.changelog.source;

import java.util.Optional;

/** The SQL of a file that stands before its first change set, of which Liquibase runs nothing. */
final class SqlBefore {
    private int first;
    private int last;
    private boolean explained;

    /**
     * Takes a line that isn't a directive.
     *
     * @param meant what it was meant to be; SQL under a misspelt change set is explained by that
     */
    void read(String line, int number, OpenText.Kind kind, Optional<MisspeltDirective.Meant> meant) {
        explained |= meant.filter(MisspeltDirective.Meant::begins).isPresent();
        if (meant.isEmpty() && isSql(line, kind)) {
            first = first == 0 ? number : first;
            last = number;
        }
    }

    private static boolean isSql(String line, OpenText.Kind kind) {
        String start = line.replace("\ufeff", "").strip();
        return !start.isEmpty()
                && kind != OpenText.Kind.COMMENT
                && !start.startsWith("--")
                && !start.startsWith("/*")
                && !start.equals(SqlDirective.BLOCK_END);
    }

    /** The line that the finding is about. */
    int line() {
        return first;
    }

    Optional<Finding> finding() {
        if (first == 0 || explained) {
            return Optional.empty();
        }
        String lines = first == last ? "this line is" : "the lines from here to " + last + " are";
        return Optional.of(Finding.lost(lines
                + " SQL before the first --changeset, and Liquibase doesn't run it: put it under a --changeset line"));
    }
}
