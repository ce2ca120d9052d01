package dev.lockkeeper.changelog;

import dev.lockkeeper.model.HistoryRow;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import liquibase.ContextExpression;
import liquibase.Labels;
import liquibase.change.CheckSum;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.RanChangeSet;
import liquibase.database.core.PostgresDatabase;

/** A database without a connection, with a given history that Liquibase's own filters can use. */
public final class RecordedPostgres extends PostgresDatabase {
    private final List<RanChangeSet> history;

    RecordedPostgres(List<HistoryRow> rows) {
        this.history = rows.stream().map(RecordedPostgres::ran).toList();
    }

    @Override
    public List<RanChangeSet> getRanChangeSetList() {
        return history;
    }

    private static RanChangeSet ran(HistoryRow row) {
        RanChangeSet ran = new RanChangeSet(
                DatabaseChangeLog.normalizePath(row.file()),
                row.id(),
                row.author(),
                CheckSum.parse(row.checksum()),
                row.executedAt() == null
                        ? null
                        : Date.from(
                                row.executedAt().atZone(ZoneId.systemDefault()).toInstant()),
                row.tag(),
                ChangeSet.ExecType.valueOf(row.execType()),
                null,
                null,
                new ContextExpression(),
                new Labels(),
                null,
                row.file());
        ran.setOrderExecuted(row.order());
        return ran;
    }
}
