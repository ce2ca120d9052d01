package dev.lockkeeper.run.migration;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Comparison;
import dev.lockkeeper.model.Comparison.Verdict;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How far a command goes: up to the change set that sets a tag, for a number of pending change sets, or to the end.
 *
 * @param toTag the tag, if it ends the range
 * @param count the number, at least 1, if it ends the range; a tag takes precedence
 */
public record Range(Optional<String> toTag, Optional<Integer> count) {

    /**
     * A range of this changelog.
     *
     * @throws Failure if no change set sets the tag, which is bad input
     */
    public static Range of(Optional<String> toTag, Optional<Integer> count, Changelog changelog) throws Failure {
        List<String> tags = changelog.changeSets().stream()
                .flatMap(one -> one.tags().stream())
                .toList();
        if (toTag.isPresent() && !tags.contains(toTag.get())) {
            throw new Failure(new Refused.BadInput(
                    List.of("--to-tag: no change set of the changelog sets the tag " + toTag.get()
                            + (tags.isEmpty() ? "; none sets any" : "; there are " + String.join(", ", tags))
                            + ". A tag that only the database has, from the command tag or from migrate --tag, doesn't"
                            + " count"),
                    "Name a tag that a change set sets, or add one by tagDatabase."));
        }
        return new Range(toTag, count);
    }

    /** The change sets that may run: the number counts those that are pending in this comparison. */
    public FixedRange fixedBy(Comparison comparison) {
        List<Comparison.Judged> all = comparison.judged();
        int end = end(all);
        Set<ChangeSetId> within = new HashSet<>();
        all.subList(0, end).forEach(one -> within.add(one.changeSet().id()));
        // An id may occur twice: before the end for another context, and after it for this run's.
        all.subList(end, all.size()).stream()
                .filter(Range::pending)
                .forEach(one -> within.remove(one.changeSet().id()));
        return new FixedRange(within);
    }

    /** How many change sets come before the end. */
    private int end(List<Comparison.Judged> all) {
        if (toTag.isPresent()) {
            return endOfTag(all, toTag.get());
        }
        return count.map(number -> endOfCount(all, number)).orElse(all.size());
    }

    /**
     * 0 if no change set sets the tag any more, because a parameter is only filled with a connection: then nothing may
     * run.
     */
    private static int endOfTag(List<Comparison.Judged> all, String tag) {
        return 1
                + IntStream.range(0, all.size())
                        .filter(i -> all.get(i).changeSet().tags().contains(tag))
                        .findFirst()
                        .orElse(-1);
    }

    private static int endOfCount(List<Comparison.Judged> all, int number) {
        int[] pending =
                IntStream.range(0, all.size()).filter(i -> pending(all.get(i))).toArray();
        return pending.length <= number ? all.size() : pending[number - 1] + 1;
    }

    private static boolean pending(Comparison.Judged one) {
        return one.verdict() instanceof Verdict.Pending;
    }
}
