package dev.lockkeeper.run;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.Updater;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.settings.CommandSettings;
import java.util.List;
import java.util.Optional;

/** How far a command goes: to the change set that sets a tag, for a number of change sets, or to the end. */
record Range(Optional<String> toTag, Optional<Integer> count, List<ChangeSetInfo> upToTag) {

    /**
     * Reads it from the command's settings.
     *
     * @throws Failure bad input, where no change set sets the tag
     */
    static Range of(CommandSettings command, Changelog changelog) throws Failure {
        if (command.toTag().isEmpty()) {
            return new Range(Optional.empty(), command.count(), changelog.changeSets());
        }
        String tag = command.toTag().get();
        List<ChangeSetInfo> all = changelog.changeSets();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).tag().contains(tag)) {
                return new Range(command.toTag(), Optional.empty(), all.subList(0, i + 1));
            }
        }
        List<String> tags = all.stream().flatMap(one -> one.tag().stream()).toList();
        throw new Failure(new Outcome.BadInput(
                List.of("--to-tag: no change set of the changelog sets the tag " + tag
                        + (tags.isEmpty() ? "; none sets any" : "; there are " + String.join(", ", tags))),
                "Name one of those, or add a change set with tagDatabase."));
    }

    /** Those of the pending change sets that lie within, where so many of it were done already. */
    List<ChangeSetInfo> of(List<ChangeSetInfo> pending, int done) {
        return pending.stream()
                .filter(upToTag::contains)
                .limit(left(done).orElse(Integer.MAX_VALUE))
                .toList();
    }

    /** What is left of it where so many change sets were done already. */
    Updater.Range updaters(int done) {
        return new Updater.Range(toTag, left(done));
    }

    private Optional<Integer> left(int done) {
        return count.map(most -> Math.max(0, most - done));
    }
}
