package dev.lockkeeper.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a change set that failed.
 *
 * @param sqlState PostgreSQL's five characters, or null if the failure isn't the database's
 * @param statement the statement that failed, or null if none did
 * @param source where that statement begins, or else the change set, if its file shows it
 */
public record FailedChangeSet(
        ChangeSetInfo changeSet,
        Kind kind,
        @Nullable String sqlState,
        String message,
        @Nullable String statement,
        Optional<SourceLine> source) {
    private static final int LONGEST_STATEMENT = 600;

    /** What failed. Decided where it is known, never by a message's text, which the server may translate. */
    public enum Kind {
        /** Its precondition, before any of its statements. */
        PRECONDITION,
        /** It was refused before the server was asked to change anything. */
        NOTHING_DONE,
        /** Its statements are done; another session kept its history row from being written. */
        UNRECORDED,
        /** The server cancelled the statement: another session asked for that, or a timeout that isn't our setting. */
        CANCELED,
        /** The server cancelled the statement, and it had run for as long as our setting allows. */
        STATEMENT_TIMEOUT,
        /** The statement was split at a semicolon inside its body. */
        CUT_SHORT,
        /** The statement is one that only psql can run. */
        FOR_PSQL,
        /** Its session has ended, or the server accepts no changes any more: the session itself was asked. */
        SESSION_GONE,
        /** The server lacked disk, memory or connections. */
        OUT_OF_RESOURCES,
        /** A procedure or DO block wanted to commit where the server doesn't allow that, such as inside a transaction. */
        COMMIT_REFUSED,
        /** Anything else; SQLSTATE and message say what. */
        OTHER;

        /** The kind that the SQLSTATE alone implies; {@link #OTHER} for null. */
        public static Kind of(@Nullable String sqlState) {
            if (SqlStates.QUERY_CANCELED.equals(sqlState)) {
                return CANCELED;
            }
            if (SqlStates.COMMIT_REFUSED.equals(sqlState)) {
                return COMMIT_REFUSED;
            }
            return SqlStates.outOfResources(sqlState) ? OUT_OF_RESOURCES : OTHER;
        }

        private boolean changedNothing() {
            return this == PRECONDITION || this == NOTHING_DONE;
        }
    }

    /** False if what it had done stays. */
    public boolean transactional() {
        return changeSet.transactional();
    }

    /** The same failure, known to be of another kind. */
    public FailedChangeSet as(Kind known) {
        return new FailedChangeSet(changeSet, known, sqlState, message, statement, source);
    }

    /** The statement, cut to a length that leaves the screen readable. */
    public Optional<String> shortStatement() {
        return Optional.ofNullable(statement)
                .map(text -> text.length() <= LONGEST_STATEMENT ? text : text.substring(0, LONGEST_STATEMENT) + " …");
    }

    /**
     * What happened, with SQLSTATE and statement.
     *
     * @param earlier whether this run applied other change sets before
     */
    String sentence(boolean earlier) {
        String state = sqlState == null ? "" : " (SQLSTATE " + sqlState + ")";
        String at = source.map(place -> " at " + place).orElse("");
        return "Change set " + changeSet.id() + " failed" + at + state + ": " + message.replace("\n", "\n    ")
                + shortStatement()
                        .map(text -> "\nin: " + text.strip().replace("\n", "\n    "))
                        .orElse("")
                + "\n" + left() + (earlier ? " Change sets before it stay." : "");
    }

    private String left() {
        if (changeSet.atomic()) {
            return "It was rolled back.";
        }
        if (kind == Kind.UNRECORDED) {
            return "It doesn't run in a transaction: its statements are done, and only its history row is missing.";
        }
        if (kind.changedNothing()) {
            return "It changed nothing.";
        }
        return changeSet.transactional()
                ? "It commits by itself: what it did before that stays, and isn't recorded."
                : "It doesn't run in a transaction. " + Remains.of(changeSet);
    }
}
