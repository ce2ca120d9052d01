package dev.lockkeeper.differential;

import java.util.List;

/**
 * What differs from plain Liquibase because we want it to.
 *
 * @param mark how {@link Plain#pending} marks a change set that only plain Liquibase has to call pending
 * @param reason why we don't have to
 */
record WantedDifference(String mark, String reason) {
    private static final List<WantedDifference> PENDING = List.of(
            new WantedDifference(
                    Plain.AGAIN, "what always runs would be pending for ever, and status --check would never be 0"),
            new WantedDifference(
                    Plain.NOTHING_TO_DO, "what has nothing for PostgreSQL is never recorded, so it would be too"));

    /** Our pending list without those that needn't be in it. */
    static List<String> ofOurs(List<String> ours, List<String> plain) {
        return ours.stream()
                .filter(line -> PENDING.stream().noneMatch(wanted -> plain.contains(line + wanted.mark())))
                .toList();
    }

    /** Plain Liquibase's pending list without those that needn't be in ours. */
    static List<String> ofPlain(List<String> plain) {
        return plain.stream()
                .filter(line -> PENDING.stream().noneMatch(wanted -> line.endsWith(wanted.mark())))
                .toList();
    }
}
