package dev.lockkeeper.sql;

import java.util.ArrayList;
import java.util.List;

/** The statements of a text, in order. */
public record SqlScript(List<SqlStatement> statements) {

    public SqlScript {
        statements = List.copyOf(statements);
    }

    /**
     * Splits a text at its semicolons, as the server does. Statements of nothing but comments are left out; a quote or
     * comment that is never closed takes the rest of the text into the last statement. Time is linear in the text.
     */
    public static SqlScript parse(String text) {
        List<SqlStatement> statements = new ArrayList<>();
        Lexer lexer = new Lexer(text);
        Token token = lexer.nextSignificant();
        while (token.kind() != TokenKind.END) {
            int start = token.start();
            int end = endOfStatement(token, lexer);
            if (end > start) {
                statements.add(new SqlStatement(text.substring(start, withoutSpaceBefore(end, text))));
            }
            token = lexer.nextSignificant();
        }
        return new SqlScript(statements);
    }

    /** Reads up to the semicolon that ends the statement, and returns its offset. */
    private static int endOfStatement(Token first, Lexer lexer) {
        Nesting nesting = new Nesting(first);
        Token token = first;
        while (token.kind() != TokenKind.END && !(token.is(';') && nesting.isTopLevel())) {
            nesting.see(token);
            token = lexer.nextSignificant();
        }
        return token.start();
    }

    private static int withoutSpaceBefore(int end, String text) {
        int trimmed = end;
        while (Characters.isSpace(text.charAt(trimmed - 1))) {
            trimmed--;
        }
        return trimmed;
    }
}
