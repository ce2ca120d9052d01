package dev.lockkeeper.run.session;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.HistoryComparison;
import dev.lockkeeper.changelog.parse.DuplicateIds;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.Comparison;
import dev.lockkeeper.model.Comparison.Verdict;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.HistoryRow;
import dev.lockkeeper.model.QualifiedName;
import dev.lockkeeper.model.SchemaState;
import dev.lockkeeper.postgres.Catalog;
import dev.lockkeeper.postgres.history.HistoryTable;
import dev.lockkeeper.run.Inspection;
import dev.lockkeeper.sql.Identifier;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Compares the changelog with the history and the schema, without changing anything. */
public final class Inspector {
    private static final Pattern OF_LIQUIBASE_2 = Pattern.compile("[1-6]:.*");

    private Inspector() {}

    /** Reads the history and compares. */
    public static Inspection inspect(Session session, Changelog changelog) throws Failure, SQLException {
        Optional<List<HistoryRow>> rows = session.history().read(session.connection());
        Comparison comparison = HistoryComparison.of(changelog, rows.orElse(List.of()));
        DuplicateIds.refuse(changelog);
        return new Inspection(state(session, changelog, comparison, rows), comparison, rows);
    }

    private static SchemaState state(
            Session session, Changelog changelog, Comparison comparison, Optional<List<HistoryRow>> rows)
            throws SQLException, Failure {
        if (rows.isEmpty()) {
            Optional<SchemaState.Contradiction> moved = MovedHistory.find(session, changelog);
            if (moved.isPresent()) {
                return new SchemaState.Inconsistent(List.of(moved.get()));
            }
            int tables = Catalog.tables(
                    session.connection(),
                    session.facts().schema(),
                    session.history().table());
            return tables == 0
                    ? new SchemaState.Empty()
                    : new SchemaState.Untracked(tables, session.facts().schema());
        }
        List<SchemaState.Contradiction> contradictions = contradictions(session, comparison);
        contradictions.addAll(MovedFiles.contradictions(
                comparison.moved(), changelog.settings().location()));
        contradictions.addAll(odd(rows.orElse(List.of()), session.history()));
        if (!contradictions.isEmpty()) {
            return new SchemaState.Inconsistent(contradictions);
        }
        if (!comparison.pending().isEmpty()) {
            return new SchemaState.Pending(comparison.pending().size());
        }
        return comparison.unknown().isEmpty()
                ? new SchemaState.UpToDate()
                : new SchemaState.Ahead(comparison.unknown());
    }

    private static List<SchemaState.Contradiction> contradictions(Session session, Comparison comparison)
            throws SQLException {
        List<SchemaState.Contradiction> contradictions = new ArrayList<>();
        for (Comparison.Judged one : comparison.judged()) {
            if (one.verdict() instanceof Verdict.Edited edited) {
                contradictions.add(edited(one.changeSet().id(), edited));
            }
        }
        contradictions.addAll(invalidIndexes(session, comparison));
        return contradictions;
    }

    private static SchemaState.Contradiction edited(ChangeSetId changeSet, Verdict.Edited edited) {
        if (OF_LIQUIBASE_2.matcher(edited.recorded()).matches()) {
            return new SchemaState.Contradiction(
                    changeSet + " has a checksum of Liquibase 2 or older in the history (" + edited.recorded()
                            + "), which can't be compared with its text",
                    "if the text is as it ran, accept it (" + accepting(edited)
                            + "), or set MD5SUM of its row to NULL: the next migrate computes it anew");
        }
        return new SchemaState.Contradiction(
                changeSet + " was edited after it ran (checksum " + edited.recorded() + ", now " + edited.present()
                        + ")",
                "restore its text and write a new change set, or accept the new text: " + accepting(edited));
    }

    private static String accepting(Verdict.Edited edited) {
        return "--validCheckSum: " + edited.recorded() + " on a line of its own in SQL, validCheckSum: "
                + edited.recorded() + " in YAML";
    }

    private static List<SchemaState.Contradiction> odd(List<HistoryRow> rows, HistoryTable history) {
        return rows.stream()
                .filter(row -> !row.readable())
                .map(row -> new SchemaState.Contradiction(
                        "the history row " + row.changeSet() + " has EXECTYPE " + row.execType()
                                + ", or lacks ID, AUTHOR or FILENAME: no Liquibase writes such a row",
                        "correct or remove it in " + history.schema() + "." + history.table()))
                .toList();
    }

    private static List<SchemaState.Contradiction> invalidIndexes(Session session, Comparison comparison)
            throws SQLException {
        List<ChangeSetInfo> makers = comparison.recorded().stream()
                .filter(changeSet -> !changeSet.indexes().isEmpty())
                .toList();
        if (makers.isEmpty()) {
            return List.of();
        }
        List<QualifiedName> invalid = new ArrayList<>(Catalog.invalidIndexes(session.connection()));
        // An index that a pending change set drops may be INVALID because that drop was cut short.
        comparison.pending().stream()
                .flatMap(changeSet -> changeSet.drops().stream())
                .map(index -> index.in(session.facts().schema()))
                .forEach(invalid::remove);
        List<SchemaState.Contradiction> contradictions = new ArrayList<>();
        for (ChangeSetInfo maker : makers) {
            for (QualifiedName index : maker.indexes()) {
                QualifiedName name = index.in(session.facts().schema());
                if (invalid.contains(name)) {
                    contradictions.add(new SchemaState.Contradiction(
                            "index " + index.name() + " of the recorded " + maker.id() + " is INVALID",
                            "REINDEX INDEX CONCURRENTLY " + Identifier.quoteIfNeeded(name)));
                }
            }
        }
        return contradictions;
    }
}
