package dev.lockkeeper.sql;

import dev.lockkeeper.model.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One SQL statement, and answers about it from its text alone. Every answer is computed anew, mostly from the first few
 * tokens. Text that isn't SQL gets answers too: false, or none.
 *
 * @param text the statement as written, without the comments before it and the semicolon after it
 */
public record SqlStatement(String text) {

    /** Whether it opens a transaction block: BEGIN, START TRANSACTION. */
    public boolean startsTransaction() {
        return TransactionControl.starts(text);
    }

    /**
     * COMMIT, END, ROLLBACK (not TO a savepoint), ABORT, PREPARE TRANSACTION. COMMIT PREPARED and ROLLBACK PREPARED end
     * another transaction, and are refused inside one.
     */
    public boolean endsTransaction() {
        return TransactionControl.ends(text);
    }

    /** Whether it is PREPARE TRANSACTION, after which the transaction belongs to no session and keeps its locks. */
    public boolean preparesTransaction() {
        return TransactionControl.prepares(text);
    }

    /**
     * Whether the body of a DO block, or of the procedure that CREATE PROCEDURE makes, has COMMIT or ROLLBACK among its
     * PL/pgSQL statements. Procedures that it calls aren't looked at.
     */
    public boolean commitsInside() {
        return ProceduralBody.commits(text);
    }

    /** Whether SKIP LOCKED is anywhere in it. */
    public boolean skipsLocked() {
        return new TokenReader(text).skipBehind("SKIP", "LOCKED");
    }

    /** Whether it is a DO block. */
    public boolean isDo() {
        return new Lexer(text).nextSignificant().is("DO");
    }

    /** Whether it releases every advisory lock of the session: DISCARD ALL, pg_advisory_unlock_all(). */
    public boolean givesLockAway() {
        return SessionChange.givesLocksAway(text);
    }

    /** Whether the server refuses it inside a transaction block. */
    public boolean needsAutocommit() {
        return AutocommitRule.appliesTo(text);
    }

    /** Whether it may be meant for outside a transaction: the server refuses it inside, or it may commit by itself. */
    public boolean mayCommit() {
        TokenReader tokens = new TokenReader(text);
        tokens.take();
        return needsAutocommit()
                || new TokenReader(text).accept("CALL")
                || commitsInside()
                || tokens.accept("SUBSCRIPTION");
    }

    /**
     * Whether it is an INSERT, UPDATE, DELETE or MERGE, also after WITH, so that the server counts the rows it changes.
     */
    public boolean changesRows() {
        return RowChange.in(text);
    }

    /** Whether it is a query, or begins like one: SELECT, VALUES, TABLE, WITH, a parenthesis. */
    public boolean isQuery() {
        Token first = new Lexer(text).nextSignificant();
        return first.is('(') || first.is("SELECT") || first.is("VALUES") || first.is("TABLE") || first.is("WITH");
    }

    /** Whether LIMIT or FETCH FIRST is anywhere in it. */
    public boolean hasLimit() {
        return new TokenReader(text).skipBehind("LIMIT") || new TokenReader(text).skipBehind("FETCH");
    }

    /** The table that an UPDATE changes. */
    public Optional<QualifiedName> updatedTable() {
        return RowChange.updatedTable(text);
    }

    /** Whether it changes rows that it would find again: an UPDATE or INSERT of a LIMIT without a condition. */
    public boolean findsTheSameRows() {
        TokenReader tokens = new TokenReader(text);
        boolean inserts = tokens.peek().is("INSERT") && !new TokenReader(text).skipBehind("ON", "CONFLICT");
        return (inserts || updatedTable().isPresent()) && RowChange.limitsWithoutCondition(text);
    }

    /**
     * Whether it may change the session's settings, role or locks. False for what certainly doesn't: DDL and statements
     * on rows that name neither set_config nor an advisory unlock.
     */
    public boolean altersSession() {
        return SessionChange.in(text);
    }

    /** The index that CREATE INDEX makes, if the statement gives it a name. */
    public Optional<CreatedIndex> createdIndex() {
        return CreatedIndex.from(text);
    }

    /** The indexes that DROP INDEX names. */
    public List<QualifiedName> droppedIndexes() {
        TokenReader tokens = new TokenReader(text);
        if (!tokens.accept("DROP", "INDEX")) {
            return List.of();
        }
        tokens.accept("CONCURRENTLY");
        tokens.accept("IF", "EXISTS");
        List<QualifiedName> names = new ArrayList<>();
        do {
            tokens.takeName().ifPresent(names::add);
        } while (tokens.accept(','));
        return names;
    }

    /** Whether it is a CREATE INDEX CONCURRENTLY that leaves the index's name to the server. */
    public boolean buildsUnnamedIndexConcurrently() {
        TokenReader tokens = new TokenReader(text);
        boolean create = tokens.accept("CREATE");
        tokens.accept("UNIQUE");
        return create && tokens.accept("INDEX", "CONCURRENTLY", "ON");
    }

    /** Whether a data-changing statement is in its WITH part, whose rows the server doesn't count. */
    public boolean changesRowsInWith() {
        return RowChange.inWith(text);
    }

    /** Whether it returns rows rather than only their number: RETURNING. */
    public boolean returnsRows() {
        return new TokenReader(text).skipBehind("RETURNING");
    }

    /**
     * The existing tables that a DDL statement names and locks against writes, each once: what it alters, drops,
     * truncates or locks, what a foreign key refers to, the other side of a partition, where an index, trigger or policy
     * goes. Weaker forms of ALTER TABLE count too; a table that CREATE TABLE itself makes doesn't.
     */
    public List<QualifiedName> lockedTables() {
        return TableLocks.of(text);
    }

    /** Whether it ends within a quote or a routine's body, because it was split at a semicolon in there. */
    public boolean isCutShort() {
        return Unsendable.isCutShort(text);
    }

    /** Whether only psql can run it: one of its own commands, or COPY from or to the client. */
    public boolean isForPsql() {
        return Unsendable.isForPsql(text);
    }

    /** The text without comments, and without string constants if it changes rows: what is left isn't data. */
    public String withoutData() {
        boolean data = changesRows();
        StringBuilder rest = new StringBuilder();
        Lexer lexer = new Lexer(text);
        for (Token token = lexer.nextSignificant(); token.kind() != TokenKind.END; token = lexer.nextSignificant()) {
            if (!data || token.kind() != TokenKind.STRING) {
                rest.append(token.text());
            }
        }
        return rest.toString();
    }

    /** The table that CREATE TABLE makes, also with IF NOT EXISTS, which may find it there already. */
    public Optional<QualifiedName> createdTable() {
        return TableLocks.createdTable(text);
    }

    /**
     * The statement on one line, without comments and with white space collapsed. Holds the literals that the statement
     * holds.
     *
     * @param maxChars the most characters to return; a longer statement is cut and ends in "…"
     * @throws IllegalArgumentException if {@code maxChars} is below 1
     */
    public String onOneLine(int maxChars) {
        return Preview.of(text, maxChars);
    }
}
