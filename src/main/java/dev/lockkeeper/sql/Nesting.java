package dev.lockkeeper.sql;

/**
 * Whether a semicolon would end the statement under way. It doesn't in parentheses (CREATE RULE … DO (a; b)), nor in the
 * SQL-standard body of a function: CREATE FUNCTION … BEGIN ATOMIC a; b; END, where CASE … END may be nested.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-createfunction.html">CREATE FUNCTION, sql_body</a>
 */
final class Nesting {
    /** CREATE OR REPLACE FUNCTION: the last place, counted from 0, where the kind of object can be. */
    private static final int LAST_HEAD_TOKEN = 3;

    private Token previous;
    private int tokens;
    private int parentheses;
    private int blocks;
    private boolean creates;
    private boolean createsRoutine;

    Nesting(Token first) {
        previous = first;
    }

    boolean isTopLevel() {
        return parentheses == 0 && blocks == 0;
    }

    /** Whether a BEGIN ATOMIC body is open. */
    boolean isInBody() {
        return blocks > 0;
    }

    /** Takes the statement's next significant token into account. */
    void see(Token token) {
        if (tokens <= LAST_HEAD_TOKEN) {
            seeHead(token);
        }
        if (token.is('(')) {
            parentheses++;
        } else if (token.is(')')) {
            parentheses = Math.max(0, parentheses - 1);
        } else if (createsRoutine && parentheses == 0) {
            seeBody(token);
        }
        previous = token;
    }

    private void seeHead(Token token) {
        if (tokens == 0) {
            creates = token.is("CREATE");
        }
        createsRoutine |= creates && (token.is("FUNCTION") || token.is("PROCEDURE"));
        tokens++;
    }

    private void seeBody(Token token) {
        if (blocks == 0) {
            blocks = token.is("ATOMIC") && previous.is("BEGIN") ? 1 : 0;
            return;
        }
        // After AS or a dot, these words are the name of a column.
        if (previous.is("AS") || previous.is('.')) {
            return;
        }
        if (token.is("CASE")) {
            blocks++;
        } else if (token.is("END")) {
            blocks--;
        }
    }
}
