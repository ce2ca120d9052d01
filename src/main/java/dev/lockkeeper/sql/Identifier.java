package dev.lockkeeper.sql;

import dev.lockkeeper.model.QualifiedName;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * From a name as written to the name the catalog has, and back.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS">Identifiers and
 *     Key Words</a>
 */
public final class Identifier {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

    /** NAMEDATALEN - 1: the server cuts longer names off with a notice. */
    private static final int MAX_BYTES = 63;

    private Identifier() {}

    /** A word in lower case, the inside of a quoted name; both as long as the server keeps them. */
    static String fold(Token name, char unicodeEscape) {
        String text = name.text();
        if (name.kind() == TokenKind.WORD) {
            return truncate(lower(text));
        }
        String inside = StringLiteral.insideQuotes(text, text.indexOf('"'), false);
        return truncate(text.charAt(0) == '"' ? inside : UnicodeEscapes.decode(inside, unicodeEscape));
    }

    /**
     * The name as a person would write it: in quotes only if it would be folded or wouldn't read as one word without
     * them.
     */
    public static String quoteIfNeeded(String name) {
        return PLAIN.matcher(name).matches() ? name : quote(name);
    }

    /** The name with its schema, if it has one, each as a person would write it. */
    public static String quoteIfNeeded(QualifiedName name) {
        return name.schema().map(schema -> quoteIfNeeded(schema) + '.').orElse("") + quoteIfNeeded(name.name());
    }

    /** The name in quotes, as it is; pgjdbc's own quoting refuses names that hold a quote. */
    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** ASCII letters only, as the server does in UTF-8 databases. */
    private static String lower(String word) {
        StringBuilder lower = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            lower.append(Characters.lower(word.charAt(i)));
        }
        return lower.toString();
    }

    private static String truncate(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_BYTES) {
            return name;
        }
        int end = MAX_BYTES;
        while (isInsideCharacter(bytes[end])) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static boolean isInsideCharacter(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
