package dev.lockkeeper.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a change set that failed.
 *
 * @param sqlState PostgreSQL's five characters, or null where the failure isn't the database's
 * @param statement the statement that failed, or null where none did
 */
public record FailedChangeSet(
        ChangeSetInfo changeSet,
        @Nullable String sqlState,
        String message,
        @Nullable String statement) {
    private static final int LONGEST_STATEMENT = 600;

    /** True where the server ended the statement at its statement_timeout. */
    boolean timedOut() {
        return "57014".equals(sqlState) && message.contains("statement timeout");
    }

    /** True where the server lacked a resource: disk, memory, connections (class 53). */
    boolean shortOfResources() {
        return sqlState != null && sqlState.startsWith("53");
    }

    /** True where not the change set but its precondition failed. */
    boolean precondition() {
        return sqlState == null && message.startsWith("a precondition failed");
    }

    /** False where what it had done stays. */
    public boolean transactional() {
        return changeSet.transactional();
    }

    /** The statement, cut to a length that leaves the screen readable. */
    public Optional<String> shortStatement() {
        return Optional.ofNullable(statement)
                .map(text -> text.length() <= LONGEST_STATEMENT ? text : text.substring(0, LONGEST_STATEMENT) + " …");
    }

    /** What happened, with SQLSTATE and statement. */
    String sentence() {
        String state = sqlState == null ? "" : " (SQLSTATE " + sqlState + ")";
        String after = changeSet.atomic()
                ? "It was rolled back; change sets before it stay."
                : transactional()
                        ? "It commits by itself: what it did before that stays, and isn't recorded."
                        : "It doesn't run in a transaction. " + Interrupted.left(changeSet);
        return "Change set " + changeSet.id() + " failed" + state + ": " + message
                + shortStatement()
                        .map(text -> "\nin: " + text.strip().replace("\n", "\n    "))
                        .orElse("")
                + "\n" + after;
    }
}
