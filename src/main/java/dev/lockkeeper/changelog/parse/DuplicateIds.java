package dev.lockkeeper.changelog.parse;

import dev.lockkeeper.changelog.ChangeSets;
import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.Choice;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import liquibase.changelog.ChangeSet;

/** Change sets that Liquibase can't tell apart. It validates only what is chosen: an id may occur once in each of two contexts. */
public final class DuplicateIds {
    private DuplicateIds() {}

    /** Those that are alike whatever the history says: in one that an older Liquibase wrote, no path is inherited. */
    static List<String> certain(Changelog changelog) {
        return in(changelog, ChangeSets::ownId);
    }

    /**
     * Returns if none are alike under the names that they have now, which the history may have decided.
     *
     * @throws Failure bad input
     */
    public static void refuse(Changelog changelog) throws Failure {
        List<String> problems = in(changelog, ChangeSets::id);
        if (!problems.isEmpty()) {
            throw new Failure(new Refused.BadInput(
                    problems,
                    "Give the included files a logicalFilePath of their own if they inherit one, and run again."));
        }
    }

    private static List<String> in(Changelog changelog, Function<ChangeSet, ChangeSetId> naming) {
        List<String> problems = new ArrayList<>();
        Choice choice = Choice.of(changelog.settings(), changelog.database());
        Set<ChangeSetId> seen = new HashSet<>();
        for (ChangeSet changeSet : changelog.parsed().getChangeSets()) {
            if (choice.validates(changeSet) && !seen.add(naming.apply(changeSet))) {
                problems.add("change set " + ChangeSets.id(changeSet)
                        + " occurs twice: give each id once per file and author");
            }
        }
        return problems;
    }
}
