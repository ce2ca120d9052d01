package dev.lockkeeper.sql;

/** A statement on one line, as a log shows it. */
final class Preview {
    private static final char CUT = '…';

    private final StringBuilder line = new StringBuilder();

    private Preview() {}

    /** Comments left out; white space collapsed, also in strings; lexes no more of the text than it shows. */
    static String of(String sql, int maxChars) {
        if (maxChars < 1) {
            throw new IllegalArgumentException("A preview has at least 1 character, not " + maxChars);
        }
        Preview preview = new Preview();
        preview.read(sql, maxChars);
        return preview.cutTo(maxChars);
    }

    private void read(String sql, int maxChars) {
        Lexer lexer = new Lexer(sql);
        Token token = lexer.nextSignificant();
        int end = 0;
        while (token.kind() != TokenKind.END && line.length() <= maxChars) {
            if (token.start() > end) {
                appendSpace();
            }
            append(token, maxChars);
            end = token.end();
            token = lexer.nextSignificant();
        }
    }

    private void append(Token token, int maxChars) {
        for (int at = token.start(); at < token.end() && line.length() <= maxChars; at++) {
            char c = token.source().charAt(at);
            if (Character.isWhitespace(c) || Character.isISOControl(c)) {
                appendSpace();
            } else {
                line.append(c);
            }
        }
    }

    private void appendSpace() {
        if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
            line.append(' ');
        }
    }

    private String cutTo(int maxChars) {
        if (line.length() <= maxChars) {
            return line.toString();
        }
        int end = maxChars - 1;
        if (end > 0 && Character.isHighSurrogate(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(0, end) + CUT;
    }
}
