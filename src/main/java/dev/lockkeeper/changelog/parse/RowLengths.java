package dev.lockkeeper.changelog.parse;

import dev.lockkeeper.changelog.ChangeSets;
import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.Choice;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ColumnLengths;
import dev.lockkeeper.model.event.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import liquibase.change.core.TagDatabaseChange;
import liquibase.changelog.ChangeSet;
import liquibase.util.StringUtil;
import org.jspecify.annotations.Nullable;

/** Whether the history table can hold what a change set's row says. */
public final class RowLengths {
    /** Liquibase cuts description and comment itself. */
    private static final int CUT = 250;

    private static final int SHOWN = 160;

    private RowLengths() {}

    /** A value that its column can't hold. */
    public record TooLong(ChangeSetId changeSet, String what, ColumnLengths.TooLong column) {
        /** What is wrong, without a full stop. */
        @Override
        public String toString() {
            return "change set " + cut(changeSet.toString()) + ": " + sentence();
        }

        private String sentence() {
            return what + " " + column.sentence();
        }

        private Event.Finding finding() {
            return new Event.Finding(Event.Level.ERROR, cut(changeSet.toString()), sentence());
        }

        private static String cut(String text) {
            return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " …";
        }
    }

    /** All values that a new history table can't hold. */
    public static List<Event.Finding> findings(Changelog changelog) {
        return of(changelog, changeSet -> true, ColumnLengths.OF_A_NEW_TABLE).stream()
                .map(TooLong::finding)
                .toList();
    }

    /** The values of these change sets that are too long, as far as contexts, labels and dbms choose them. */
    public static List<TooLong> of(Changelog changelog, Predicate<ChangeSetId> some, ColumnLengths lengths) {
        Choice choice = Choice.of(changelog.settings(), changelog.database());
        return changelog.parsed().getChangeSets().stream()
                .filter(changeSet -> some.test(ChangeSets.id(changeSet)) && choice.includes(changeSet))
                .flatMap(changeSet -> tooLong(changeSet, lengths))
                .toList();
    }

    private static Stream<TooLong> tooLong(ChangeSet changeSet, ColumnLengths lengths) {
        List<TooLong> all = new ArrayList<>();
        ChangeSetId id = ChangeSets.id(changeSet);
        values(changeSet)
                .forEach((column, value) -> lengths.tooLong(column, value.text())
                        .ifPresent(tooLong -> all.add(new TooLong(id, value.subject(), tooLong))));
        for (var change : changeSet.getChanges()) {
            if (change instanceof TagDatabaseChange tag && tag.getTag() != null) {
                lengths.tooLong("tag", tag.getTag())
                        .ifPresent(tooLong -> all.add(new TooLong(id, "the tag that it sets has", tooLong)));
            }
        }
        return all.stream();
    }

    /** A text, and the beginning of a sentence on it. */
    private record Value(String subject, String text) {
        static Value of(String subject, @Nullable String text) {
            return new Value(subject, text == null ? "" : text);
        }
    }

    private static String trimmed(@Nullable String text) {
        return text == null ? "" : text.trim();
    }

    private static Map<String, Value> values(ChangeSet changeSet) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("id", Value.of("its id has", changeSet.getId()));
        values.put("author", Value.of("its author has", changeSet.getAuthor()));
        values.put("filename", Value.of("the name of its file (or its logicalFilePath) has", changeSet.getFilePath()));
        values.put(
                "contexts", Value.of("its contexts, with those of its includes, have", changeSet.buildFullContext()));
        values.put("labels", Value.of("its labels, with those of its includes, have", changeSet.buildFullLabels()));
        values.put(
                "comments", Value.of("its comment has", StringUtil.limitSize(trimmed(changeSet.getComments()), CUT)));
        values.put(
                "description", Value.of("its description has", StringUtil.limitSize(changeSet.getDescription(), CUT)));
        return values;
    }
}
