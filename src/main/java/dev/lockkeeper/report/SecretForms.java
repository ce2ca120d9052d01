package dev.lockkeeper.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out what stands where a secret does: behind PASSWORD in SQL, in connection strings, behind names like {@code api_key}.
 * Reads the text once from left to right, since a line may be megabytes long.
 */
final class SecretForms {
    private static final Pattern NAME = Pattern.compile(
            "(?:password|passwd|passphrase|(?<![a-z])pass|(?<![a-z])pwd|(?<![a-z])pw|secret|token|credentials?"
                    + "|(?:api|access|private|secret|encryption)[_-]?key)\\d*(?![a-z_])",
            Pattern.CASE_INSENSITIVE);

    /** In prose: "a secret's name". */
    private static final Pattern POSSESSIVE = Pattern.compile("'s(?![\\w'])");

    private static final int LONGEST_NAME = 100;

    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int copied;

    private SecretForms(String text) {
        this.text = text;
    }

    /** The text with the secrets replaced; the same if there are none. */
    static String masked(String text) {
        String shown = UrlPasswords.masked(text);
        SecretForms forms = new SecretForms(shown);
        Matcher name = NAME.matcher(shown);
        for (int from = 0; from <= shown.length() && name.find(from); ) {
            from = Math.max(forms.behind(name.start(), name.end()), name.end());
        }
        return forms.copied == 0
                ? shown
                : forms.out.append(shown, forms.copied, shown.length()).toString();
    }

    /** Masks the value that follows a name, if one does, and returns where it ends. */
    private int behind(int nameStart, int nameEnd) {
        if (POSSESSIVE.matcher(text).region(nameEnd, text.length()).lookingAt()) {
            return nameEnd;
        }
        char before = before(nameStart);
        int gap = SecretValue.behindSpace(text, behindClosingQuote(before, nameEnd));
        int separator = separator(gap);
        boolean mayBeBare = separator > gap && text.charAt(separator - 1) == '=';
        int value = SecretValue.behindSpace(text, separator);
        boolean inUrl = before == '?' || before == '&';
        return mask(inUrl && mayBeBare ? SecretValue.ofUrl(text, value) : SecretValue.at(text, value, mayBeBare));
    }

    /** What stands before the whole name, of which only the end was found. */
    private char before(int nameStart) {
        int first = nameStart;
        while (first > Math.max(0, nameStart - LONGEST_NAME) && isPartOfName(text.charAt(first - 1))) {
            first--;
        }
        return first > 0 ? text.charAt(first - 1) : ' ';
    }

    /** The name may be quoted: {@code "db_password": "x"}. */
    private int behindClosingQuote(char quote, int nameEnd) {
        if ("\"'`".indexOf(quote) < 0) {
            return nameEnd;
        }
        int at = text.startsWith("\\", nameEnd) ? nameEnd + 1 : nameEnd;
        return at < text.length() && text.charAt(at) == quote ? at + 1 : nameEnd;
    }

    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || "_-.".indexOf(c) >= 0;
    }

    private int separator(int at) {
        for (String one : new String[] {"=>", ":=", "=", ":"}) {
            if (text.startsWith(one, at)) {
                return at + one.length();
            }
        }
        return at;
    }

    private int mask(SecretValue value) {
        if (value.start() < value.end()) {
            out.append(text, copied, value.start()).append(Redactor.HIDDEN);
            copied = value.end();
        }
        return value.concatenated() ? literalsBehind(value.end()) : value.end();
    }

    /** {@code PASSWORD ' || quote_literal('x')}, {@code PASSWORD %L', 'x'}: the secret is in a literal of the same statement. */
    private int literalsBehind(int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != ';' && text.charAt(at) != '\n') {
            if (text.charAt(at) == '\'' || text.charAt(at) == '$') {
                SecretValue literal = SecretValue.at(text, at, false);
                if (literal.start() < literal.end()) {
                    out.append(text, copied, literal.start()).append(Redactor.HIDDEN);
                    copied = literal.end();
                }
                at = Math.max(at, literal.end());
            }
            at++;
        }
        return at;
    }
}
