package dev.lockkeeper.run.migration;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How far a command goes: to the change set that sets a tag, for a number of pending change sets, or to the end. */
public final class Range {
    private final Optional<Integer> count;

    /** In the changelog's order. */
    private Set<ChangeSetId> within;

    private boolean counted;

    private Range(List<ChangeSetInfo> within, Optional<Integer> count) {
        this.within = ids(within);
        this.count = count;
    }

    /**
     * The range that a command's settings name.
     *
     * @param toTag the change set that sets this tag is the last one
     * @param count how many pending change sets to choose at most; ignored if there is a tag
     * @throws Failure bad input, if no change set sets the tag
     */
    public static Range of(Optional<String> toTag, Optional<Integer> count, Changelog changelog) throws Failure {
        if (toTag.isEmpty()) {
            return new Range(changelog.changeSets(), count);
        }
        String tag = toTag.get();
        List<ChangeSetInfo> all = changelog.changeSets();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).tag().contains(tag)) {
                return new Range(all.subList(0, i + 1), Optional.empty());
            }
        }
        List<String> tags = all.stream().flatMap(one -> one.tag().stream()).toList();
        throw new Failure(new Outcome.BadInput(
                List.of("--to-tag: no change set of the changelog sets the tag " + tag
                        + (tags.isEmpty() ? "; none sets any" : "; there are " + String.join(", ", tags))),
                "Name one of those, or add a change set with tagDatabase."));
    }

    /** Those of the pending change sets that lie within. The first call fixes where a number of them ends. */
    public List<ChangeSetInfo> choose(List<ChangeSetInfo> pending) {
        List<ChangeSetInfo> inside =
                pending.stream().filter(one -> within.contains(one.id())).toList();
        if (count.isEmpty() || counted) {
            return inside;
        }
        counted = true;
        if (inside.size() <= count.get()) {
            return inside;
        }
        List<ChangeSetInfo> chosen = inside.subList(0, count.get());
        endAt(chosen.get(chosen.size() - 1).id());
        return chosen;
    }

    /** All change sets that may run, also those that run always. */
    Set<ChangeSetId> within() {
        return within;
    }

    private void endAt(ChangeSetId last) {
        Set<ChangeSetId> upTo = new LinkedHashSet<>();
        for (ChangeSetId id : within) {
            upTo.add(id);
            if (id.equals(last)) {
                break;
            }
        }
        within = upTo;
    }

    private static Set<ChangeSetId> ids(List<ChangeSetInfo> changeSets) {
        Set<ChangeSetId> ids = new LinkedHashSet<>();
        changeSets.forEach(one -> ids.add(one.id()));
        return ids;
    }
}
