package dev.lockkeeper.model;

import java.util.Optional;
import java.util.regex.Pattern;
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
    /** A role's password in CREATE ROLE, ALTER USER and the like. */
    private static final Pattern PASSWORD = Pattern.compile("(?i)(\\bpassword\\s+)(?:[eEuU]&?)?'(?:[^']|'')*'?");

    private static final int LONGEST_STATEMENT = 600;

    /** True where the server ended the statement at its statement_timeout. */
    private boolean timedOut() {
        return "57014".equals(sqlState) && message.contains("statement timeout");
    }

    /** True where the server lacked a resource: disk, memory, connections (class 53). */
    private boolean shortOfResources() {
        return sqlState != null && sqlState.startsWith("53");
    }

    /** True where not the change set but its precondition failed. */
    private boolean precondition() {
        return sqlState == null && message.startsWith("a precondition failed");
    }

    /** False where what it had done stays. */
    public boolean transactional() {
        return changeSet.transactional();
    }

    /** The statement, cut to a length that leaves the screen readable. */
    public Optional<String> shortStatement() {
        return Optional.ofNullable(statement)
                .map(text -> PASSWORD.matcher(text).replaceAll("$1'***'"))
                .map(text -> text.length() <= LONGEST_STATEMENT ? text : text.substring(0, LONGEST_STATEMENT) + " …");
    }

    /** What to do now, by what failed. */
    String whatNow() {
        if (timedOut()) {
            return "Raise LOCKKEEPER_STATEMENT_TIMEOUT, or split the change set into quicker steps, and run migrate"
                    + " again.";
        }
        if (shortOfResources()) {
            return "Nothing is wrong with the change set: give the server what it lacks (storage, memory, connections) and"
                    + " run migrate again.";
        }
        if (precondition()) {
            return "Make the precondition true in the database (or mend it in the change set), then run migrate"
                    + " again.";
        }
        return changeSet.resumable()
                ? "Mend the change set (it isn't recorded, so it may be edited), or what the message names in the"
                        + " database, and run migrate again."
                : "Look at what it left behind, remove that, mend the change set and run migrate again.";
    }

    /** What happened, with SQLSTATE and statement. */
    String sentence() {
        String state = sqlState == null ? "" : " (SQLSTATE " + sqlState + ")";
        String after = !transactional() && message.contains("nothing was done")
                ? "Change sets before it stay."
                : changeSet.atomic()
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
