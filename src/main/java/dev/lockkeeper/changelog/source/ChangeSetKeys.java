package dev.lockkeeper.changelog.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Finds the keys that nobody asked for when a change set, or something else, was loaded from nodes. */
final class ChangeSetKeys {
    /** Where anything else than the known keys is a mistake. */
    private static final Set<String> STRICT = Set.of("changeSet", "changes", "columns", "column");

    private final BiConsumer<Integer, Finding> found;

    private final Set<String> attributes = new HashSet<>();

    /** What is lost there doesn't change what a migration does. */
    private boolean inRollback;

    /** Reports to a consumer of line and finding. */
    ChangeSetKeys(BiConsumer<Integer, Finding> found) {
        this.found = found;
    }

    /** Examines a change set's node after Liquibase has loaded it. */
    void examineChangeSet(ReadNode changeSet) {
        attributes.addAll(changeSet.asked());
        repeated(changeSet);
        for (ReadNode key : changeSet.nodes()) {
            if (!changeSet.wasAskedFor(key.getName()) && !isPart(key)) {
                Set<String> known = new LinkedHashSet<>(attributes);
                known.addAll(KnownKeys.ofChanges());
                unread(key, changeSet, known);
            } else if (key.getName().equals("changes")) {
                examineChanges(key);
            } else {
                inRollback = key.getName().equals("rollback");
                examine(key);
                inRollback = false;
            }
        }
    }

    private void examineChanges(ReadNode changes) {
        repeated(changes);
        for (ReadNode change : changes.nodes()) {
            if (isPart(change)) {
                examine(change);
            } else {
                unread(change, changes, KnownKeys.ofChanges());
            }
        }
        text(changes);
    }

    /** A change is asked for its parameters. The list of all changes is only looked at if need be: it takes a while to make. */
    private static boolean isPart(ReadNode key) {
        return !key.asked().isEmpty()
                || KnownKeys.isPartOfChangeSet(key.getName())
                || KnownKeys.isChange(key.getName());
    }

    /** Examines a node that has been loaded, and everything in it. */
    void examine(ReadNode node) {
        repeated(node);
        for (ReadNode child : node.nodes()) {
            if (child.isRead()) {
                examine(child);
            } else {
                unread(child, node, known(node));
            }
        }
        text(node);
    }

    private static Set<String> known(ReadNode node) {
        Set<String> known = new LinkedHashSet<>(node.asked());
        known.addAll(KnownKeys.ofChange(node.getName()));
        return known;
    }

    private void unread(ReadNode key, ReadNode in, Set<String> known) {
        if (key.isMerged() || key.isEmpty()) {
            return;
        }
        String name = key.getName();
        List<String> others = new ArrayList<>(known);
        others.remove(name);
        boolean note = Words.isNote(name) || !Character.isLetter(name.charAt(0));
        Optional<String> meant = note ? Optional.empty() : Words.nearest(name, others);
        String what = "\"" + name + "\" isn't a key that Liquibase reads in " + in.getName();
        Finding finding = meant.map(one -> Finding.lost(what, one)).orElseGet(() -> unlike(key, in, what));
        report(key.line(), finding.choosing(Attribute.chooses(meant.orElse(name))));
    }

    /**
     * A key that isn't like any that is read there. Published changelogs have such keys and have run with them for years, so
     * it is refused only if it clearly belongs elsewhere, and something is missing without it.
     */
    private Finding unlike(ReadNode key, ReadNode in, String what) {
        String name = key.getName();
        if (Words.isNote(name) || !Character.isLetter(name.charAt(0)) || name.equals("rollback")) {
            return Finding.doubtful(what);
        }
        if (KnownKeys.isChange(name) && !key.nodes().isEmpty()) {
            String own = what + ": it is a change of its own, in the list of changes";
            // What wasn't dropped can still be dropped; what wasn't added, the app misses.
            return name.startsWith("drop") ? Finding.doubtful(own) : Finding.lost(own);
        }
        boolean inChange = KnownKeys.isChange(in.getName());
        if (inChange && (KnownKeys.isPartOfChangeSet(name) || attributes.contains(name))) {
            return Finding.lost(what + ": it belongs to the change set");
        }
        return STRICT.contains(in.getName()) ? Finding.lost(what) : Finding.doubtful(what);
    }

    private void report(int line, Finding finding) {
        found.accept(line, inRollback ? finding.doubted() : finding);
    }

    private void text(ReadNode node) {
        if (node.losesText() && !node.isMerged()) {
            report(
                    node.line(),
                    Finding.lost(
                            "the list " + node.getName() + " has the text \"" + Shown.of(String.valueOf(node.content()))
                                    + "\", and Liquibase reads only keys with values there"));
        }
    }

    /** Keys that are given more than once in one map. */
    void repeated(ReadNode node) {
        node.repeated().forEach(this::repeated);
    }

    void repeated(ReadNode.Repeated one) {
        report(
                one.line(),
                Finding.lost("\"" + one.key() + "\" is given again in line " + one.lastLine()
                        + ", and only that one is read: give it once, or begin a list item for each"));
    }
}
