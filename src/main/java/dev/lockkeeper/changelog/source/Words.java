package dev.lockkeeper.changelog.source;

import dev.lockkeeper.settings.Spelling;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which known word an unknown one was meant to be, and which words only document. */
final class Words {
    /** What people write beside a change set for people: it has no effect, and needs none. */
    private static final Set<String> NOTES = Set.of(
            "id",
            "author",
            "comments",
            "comment",
            "description",
            "desc",
            "remark",
            "remarks",
            "note",
            "notes",
            "ticket",
            "tickets",
            "jira",
            "issue",
            "title",
            "summary",
            "version",
            "since",
            "date",
            "created",
            "reviewer",
            "approvedby",
            "see",
            "todo",
            "url",
            "link",
            "reason");

    private Words() {}

    static boolean isNote(String word) {
        String bare = word.toLowerCase(Locale.ROOT);
        return NOTES.contains(bare) || bare.startsWith("x-") || bare.startsWith("_");
    }

    /** The known word that is written like this one but for case and a few letters. */
    static Optional<String> nearest(String word, Collection<String> known) {
        Optional<String> same = known.stream().filter(word::equalsIgnoreCase).findFirst();
        if (same.isPresent()) {
            return same;
        }
        String bare = word.toLowerCase(Locale.ROOT);
        Optional<String> lower = Spelling.nearest(
                bare, known.stream().map(one -> one.toLowerCase(Locale.ROOT)).toList(), "");
        return known.stream()
                .filter(one -> lower.filter(one::equalsIgnoreCase).isPresent())
                .findFirst();
    }
}
