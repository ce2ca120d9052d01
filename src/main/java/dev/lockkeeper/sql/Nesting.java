package dev.lockkeeper.sql;

/**
 * Whether a semicolon would end the statement under way. It doesn't in parentheses (CREATE RULE … DO (a; b)), nor in the
 * SQL-standard body of a function: CREATE FUNCTION … BEGIN ATOMIC a; b; END.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-createfunction.html">CREATE FUNCTION, sql_body</a>
 */
final class Nesting {
    /** CREATE OR REPLACE FUNCTION: the last place, counted from 0, where the kind of object can be. */
    private static final int LAST_HEAD_TOKEN = 3;

    private Token previous;
    private int tokens;
    private int parentheses;
    private boolean creates;
    private boolean createsRoutine;
    private boolean inBody;

    Nesting(Token first) {
        previous = first;
    }

    boolean isTopLevel() {
        return parentheses == 0 && !inBody;
    }

    /** Whether a BEGIN ATOMIC body is open. */
    boolean isInBody() {
        return inBody;
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

    /** The END of a body comes after the semicolon of its last statement; any other is of a CASE, or names a column. */
    private void seeBody(Token token) {
        if (!inBody) {
            inBody = token.is("ATOMIC") && previous.is("BEGIN");
        } else if (token.is("END")) {
            inBody = !previous.is(';') && !previous.is("ATOMIC");
        }
    }
}
