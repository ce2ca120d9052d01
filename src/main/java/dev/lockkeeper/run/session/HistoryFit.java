package dev.lockkeeper.run.session;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.parse.RowLengths;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ColumnLengths;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.postgres.history.HistoryColumns;
import dev.lockkeeper.sql.Identifier;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the history table can take the rows that are about to be written. Asked before anything is. */
public final class HistoryFit {
    private final Session session;
    private final Optional<HistoryColumns> columns;

    private HistoryFit(Session session, Optional<HistoryColumns> columns) {
        this.session = session;
        this.columns = columns;
    }

    /**
     * Returns if these change sets and this tag can be recorded.
     *
     * @throws Failure bad input, if a value is too long for its column; or if Liquibase may not adapt an old table
     */
    public static void requireFor(Opened opened, Set<ChangeSetId> changeSets, Optional<String> tag)
            throws Failure, SQLException {
        HistoryFit fit = of(opened.session());
        fit.requireAdaptable();
        fit.requireLengths(opened.changelog(), changeSets, tag);
    }

    /**
     * Returns if no value of these change sets is too long.
     *
     * @throws Failure bad input
     */
    public static void requireLengths(Opened opened, Set<ChangeSetId> changeSets) throws Failure, SQLException {
        of(opened.session()).requireLengths(opened.changelog(), changeSets, Optional.empty());
    }

    private static HistoryFit of(Session session) throws SQLException {
        return new HistoryFit(session, session.history().columns(session.connection()));
    }

    private void requireAdaptable() throws Failure {
        if (columns.isEmpty() || columns.get().adaptations().isEmpty()) {
            return;
        }
        HistoryColumns old = columns.get();
        if (old.ours() && !old.needsAHand()) {
            return;
        }
        throw new Failure(new Refused.DatabaseUnusable(
                "The history table " + name() + " is an old one that has to be adapted"
                        + (old.ours()
                                ? "."
                                : ", and user \"" + session.facts().user() + "\" may not: it belongs to \""
                                        + old.owner() + "\"."),
                "As its owner: " + alter(old.adaptations()) + "; then run this again."
                        + (old.ours() ? "" : " Or name the owning role with LOCKKEEPER_ROLE.")));
    }

    private void requireLengths(Changelog changelog, Set<ChangeSetId> changeSets, Optional<String> tag) throws Failure {
        ColumnLengths limits = columns.map(HistoryColumns::limits).orElse(ColumnLengths.OF_A_NEW_TABLE);
        List<ColumnLengths.TooLong> tooLong = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (RowLengths.TooLong one : RowLengths.of(changelog, changeSets::contains, limits)) {
            tooLong.add(one.column());
            problems.add(one.toString());
        }
        tag.flatMap(text -> limits.tooLong("tag", text)).ifPresent(one -> {
            tooLong.add(one);
            problems.add("the tag has " + one.sentence());
        });
        if (!problems.isEmpty()) {
            throw new Failure(new Refused.BadInput(
                    problems,
                    columns.isEmpty()
                            ? "Shorten what is too long and run this again."
                            : "Shorten what is too long, or widen the table (" + alter(widened(tooLong))
                                    + "), and run this again."));
        }
    }

    private static List<String> widened(List<ColumnLengths.TooLong> all) {
        Map<String, Integer> needed = all.stream()
                .collect(Collectors.toMap(
                        ColumnLengths.TooLong::column, ColumnLengths.TooLong::characters, Math::max, TreeMap::new));
        List<String> clauses = new ArrayList<>();
        needed.forEach((column, characters) -> clauses.add("ALTER COLUMN " + column + " TYPE varchar("
                + Math.max(characters, ColumnLengths.OF_A_NEW_TABLE.limits().getOrDefault(column, 0)) + ")"));
        return clauses;
    }

    private String alter(List<String> clauses) {
        return "ALTER TABLE " + name() + " " + String.join(", ", clauses);
    }

    private String name() {
        return Identifier.quoteIfNeeded(session.history().schema()) + "."
                + Identifier.quoteIfNeeded(session.history().table());
    }
}
