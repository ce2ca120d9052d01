package dev.lockkeeper.run.migration;

import dev.lockkeeper.changelog.source.UnreadText;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Comparison;
import dev.lockkeeper.model.Comparison.Judged;
import dev.lockkeeper.model.Comparison.Verdict;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.SchemaState;
import dev.lockkeeper.model.Unread;
import dev.lockkeeper.model.Unread.Weight;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.session.Opened;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Refuses to run a change set of which Liquibase would drop a part. In one that has run already it is only a warning: that
 * deployment worked until now.
 */
final class UnreadCheck {
    private static final String WHAT_NOW = "Correct these lines and run again; validate names them without a database."
            + " Liquibase drops them without a word.";

    /** One id may occur once for each of several contexts. */
    private final Map<ChangeSetId, List<Judged>> judged = new HashMap<>();

    private final boolean anythingPending;

    private UnreadCheck(Comparison comparison) {
        comparison
                .judged()
                .forEach(one -> judged.computeIfAbsent(one.changeSet().id(), id -> new ArrayList<>())
                        .add(one));
        this.anythingPending = comparison.judged().stream().anyMatch(UnreadCheck::isNew);
    }

    /** Warns of what has run already; throws a Failure that names everything that hasn't. */
    static void check(Run run, Opened opened) throws Failure {
        if (opened.found().state() instanceof SchemaState.Untracked) {
            return;
        }
        UnreadCheck check = new UnreadCheck(opened.found().comparison());
        List<String> refused = new ArrayList<>();
        for (Unread unread : UnreadText.of(opened.changelog())) {
            if (check.refuses(unread)) {
                refused.add(unread.toString());
            } else if (!check.isLeftOut(unread)) {
                run.events().accept(new Event.Finding(Event.Level.WARN, unread.where(), unread.sentence()));
            }
        }
        if (!refused.isEmpty()) {
            throw new Failure(new Refused.BadInput(refused, WHAT_NOW));
        }
    }

    private boolean refuses(Unread unread) {
        if (unread.weight() != Weight.LOST) {
            return unread.weight() == Weight.NEVER_RUN;
        }
        return unread.changeSet()
                .map(judged::get)
                .map(all -> all.stream().anyMatch(one -> isNew(one) || (unread.chooses() && !one.recorded())))
                .orElse(anythingPending);
    }

    /** An edited one may be the change set before a line that was meant to begin the next. */
    private static boolean isNew(Judged one) {
        return one.verdict() instanceof Verdict.Pending || one.verdict() instanceof Verdict.Edited;
    }

    private boolean isLeftOut(Unread unread) {
        return unread.changeSet()
                .map(judged::get)
                .filter(all -> all.stream().allMatch(one -> one.verdict() instanceof Verdict.LeftOut))
                .isPresent();
    }
}
