package dev.lockkeeper.changelog.failure;

import dev.lockkeeper.changelog.Causes;
import dev.lockkeeper.changelog.ChangelogFiles;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.FailedChangeSet;
import dev.lockkeeper.sql.SqlStatement;
import java.sql.SQLException;
import liquibase.changelog.ChangeSet;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import org.jspecify.annotations.Nullable;

/** What is known of a change set's failure, from what Liquibase threw and from the change set's file. */
public record FailureFacts(ChangelogFiles files, ChangeSetInfo info, ChangeSet changeSet) {

    /** The failure, by what was thrown. */
    public ChangeSetFailure of(Exception thrown) {
        String state = Causes.sql(thrown).map(SQLException::getSQLState).orElse(null);
        String statement = Causes.statement(thrown);
        return new ChangeSetFailure(
                new FailedChangeSet(
                        info,
                        kind(thrown, state, statement),
                        state,
                        Causes.message(thrown),
                        statement,
                        StatementSource.of(changeSet, statement, files)),
                thrown);
    }

    private static FailedChangeSet.Kind kind(Exception thrown, @Nullable String sqlState, @Nullable String statement) {
        if (Causes.first(NothingDoneException.class, thrown).isPresent()) {
            return FailedChangeSet.Kind.NOTHING_DONE;
        }
        if (Causes.first(UnrecordedException.class, thrown).isPresent()) {
            return FailedChangeSet.Kind.UNRECORDED;
        }
        if (Causes.first(PreconditionErrorException.class, thrown).isPresent()
                || (sqlState == null
                        && Causes.first(PreconditionFailedException.class, thrown)
                                .isPresent())) {
            return FailedChangeSet.Kind.PRECONDITION;
        }
        FailedChangeSet.Kind kind = FailedChangeSet.Kind.of(sqlState);
        if (kind != FailedChangeSet.Kind.OTHER || statement == null) {
            return kind;
        }
        SqlStatement failed = new SqlStatement(statement);
        if (failed.isForPsql()) {
            return FailedChangeSet.Kind.FOR_PSQL;
        }
        return failed.isCutShort() ? FailedChangeSet.Kind.CUT_SHORT : kind;
    }
}
