package dev.lockkeeper.run.session;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.HistoryComparison;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.HistoryRow;
import dev.lockkeeper.model.SchemaState;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.postgres.history.HistoryTable;
import dev.lockkeeper.text.Counted;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A history that earlier versions kept in another schema, since they ignored the URL parameters that choose one.
 * Continuing in the schema chosen now would run everything a second time.
 */
final class MovedHistory {
    private MovedHistory() {}

    /** Looks for it; asks the server only if a URL parameter chooses another schema than before. */
    static Optional<SchemaState.Contradiction> find(Session session, Changelog changelog) throws SQLException, Failure {
        Optional<String> otherwise = session.historyOtherwise();
        if (otherwise.isEmpty()) {
            return Optional.empty();
        }
        int ours = rows(session, otherwise.get(), changelog);
        return ours == 0
                ? Optional.empty()
                : Optional.of(contradiction(otherwise.get(), session.facts().schema(), ours));
    }

    private static int rows(Session session, String schema, Changelog changelog) throws SQLException, Failure {
        try {
            Optional<List<HistoryRow>> rows = HistoryTable.of(
                            session.connection(),
                            schema,
                            Optional.empty(),
                            session.history().table())
                    .read(session.connection());
            return HistoryComparison.of(changelog, rows.orElse(List.of()))
                    .recorded()
                    .size();
        } catch (SQLException e) {
            if (SqlStates.INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                // What this user can't read, an earlier run can't have written.
                return 0;
            }
            throw e;
        }
    }

    private static SchemaState.Contradiction contradiction(String otherwise, String now, int rows) {
        return new SchemaState.Contradiction(
                "the database's URL chooses the schema " + now + ", which has no history, but the schema " + otherwise
                        + " has one with " + Counted.of(rows, "change set") + " of this changelog: earlier versions of"
                        + " Lockkeeper ignored the parameter",
                "say which is right. LOCKKEEPER_SCHEMA=" + otherwise + ": everything stays in " + otherwise
                        + ". LOCKKEEPER_SCHEMA=" + now + ": everything is run anew in " + now
                        + ". LOCKKEEPER_HISTORY_SCHEMA=" + otherwise + ": the history stays there, and what is still to"
                        + " run lands in " + now);
    }
}
