package dev.lockkeeper.sql;

import dev.lockkeeper.model.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a statement's significant tokens from left to right. Lexes no further than it is asked to, so that a question
 * about the head of a large INSERT doesn't read its rows.
 */
public final class TokenReader {
    private final Lexer lexer;
    private final List<Token> ahead = new ArrayList<>();

    /** A reader at the beginning of a statement. */
    public TokenReader(String sql) {
        lexer = new Lexer(sql);
    }

    /** The next token; at the end of the text {@link TokenKind#END}. */
    public Token peek() {
        return peek(0);
    }

    /** Takes the next token. */
    public Token take() {
        Token token = peek();
        ahead.remove(0);
        return token;
    }

    /** Whether nothing is left. */
    public boolean atEnd() {
        return peek().kind() == TokenKind.END;
    }

    /** Takes these words, given in capitals, if all of them come next; otherwise takes nothing. */
    public boolean accept(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        ahead.subList(0, words.length).clear();
        return true;
    }

    /** Takes this symbol if it comes next. */
    public boolean accept(char symbol) {
        boolean next = peek().is(symbol);
        if (next) {
            take();
        }
        return next;
    }

    /** Takes everything up to and including the given words; false if they don't come. */
    public boolean skipBehind(String... words) {
        while (!atEnd()) {
            if (accept(words)) {
                return true;
            }
            take();
        }
        return false;
    }

    /** Takes a name with its schema; of {@code database.schema.name} the last two parts count. */
    public Optional<QualifiedName> takeName() {
        if (!peek().isName()) {
            return Optional.empty();
        }
        Optional<String> schema = Optional.empty();
        String name = takePart();
        while (peek().is('.') && peek(1).isName()) {
            take();
            schema = Optional.of(name);
            name = takePart();
        }
        return Optional.of(new QualifiedName(schema, name));
    }

    private String takePart() {
        Token part = take();
        if (!peek().is("UESCAPE") || peek(1).kind() != TokenKind.STRING) {
            return Identifier.fold(part, UnicodeEscapes.DEFAULT);
        }
        take();
        String escape = StringLiteral.value(take());
        return Identifier.fold(part, escape.isEmpty() ? UnicodeEscapes.DEFAULT : escape.charAt(0));
    }

    private Token peek(int index) {
        while (ahead.size() <= index) {
            ahead.add(lexer.nextSignificant());
        }
        return ahead.get(index);
    }
}
