package dev.lockkeeper.text;

/** A name within a line. An id of a changelog may have any characters, and must not look like a line of ours. */
public final class OneLine {
    private static final char LINE_SEPARATOR = 0x2028;
    private static final char PARAGRAPH_SEPARATOR = 0x2029;

    private OneLine() {}

    /** The text with control characters and line breaks written as {@code \n} or by their number; mostly the text itself. */
    public static String of(String text) {
        if (text.chars().noneMatch(c -> breaks((char) c))) {
            return text;
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (breaks(c)) {
                line.append(
                        c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\t' ? "\\t" : String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }

    private static boolean breaks(char c) {
        return Character.isISOControl(c) || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
    }
}
