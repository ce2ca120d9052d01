package dev.lockkeeper.postgres.execution;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;

/** What a statement says of its results after all their rows were dropped: by JDBC's rules, the numbers of rows changed. */
final class DroppedResults {
    private static final Set<String> ANSWERED = Set.of("getUpdateCount", "getLargeUpdateCount", "getMoreResults");

    private final List<Long> counts;
    private int at;

    /** @param counts of each result, -1 for one with rows */
    DroppedResults(List<Long> counts) {
        this.counts = List.copyOf(counts);
    }

    boolean firstHasRows() {
        return !counts.isEmpty() && counts.get(0) < 0;
    }

    boolean answers(Method method) {
        return ANSWERED.contains(method.getName());
    }

    Object answer(Method method) {
        if (!method.getName().equals("getMoreResults")) {
            return method.getReturnType() == int.class ? (Object) (int) Math.min(count(), Integer.MAX_VALUE) : count();
        }
        at++;
        // A result whose rows are gone is passed over.
        while (at < counts.size() && counts.get(at) < 0) {
            at++;
        }
        return false;
    }

    /** The rows changed by the current statement; -1 if it answered with rows, or there is none. */
    long count() {
        return at < counts.size() ? counts.get(at) : -1;
    }
}
