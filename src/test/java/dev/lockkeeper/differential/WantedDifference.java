package dev.lockkeeper.differential;

import java.util.List;
import java.util.function.Predicate;

/** What differs from plain Liquibase because we want it to, each with its reason. */
final class WantedDifference {
    private WantedDifference() {}

    /**
     * A line of a pending list that only plain Liquibase has.
     *
     * @param reason why we don't say so
     */
    record Pending(Predicate<String> line, String reason) {}

    static final List<Pending> PENDING = List.of(new Pending(
            line -> line.endsWith(Plain.AGAIN),
            "a change set that runs always would be pending for ever, and status --check would never be 0"));

    /** A pending list without what differs because we want it to. */
    static List<String> without(List<String> pending) {
        return pending.stream()
                .filter(line -> PENDING.stream().noneMatch(one -> one.line().test(line)))
                .toList();
    }
}
