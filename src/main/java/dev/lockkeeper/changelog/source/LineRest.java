package dev.lockkeeper.changelog.source;

import java.util.BitSet;
import java.util.regex.Pattern;

/** A line of which parts have been read, and the words that are left. */
final class LineRest {
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z_-]*[:=].*");

    private final String line;
    private final BitSet read = new BitSet();

    LineRest(String line) {
        this.line = line;
    }

    void read(int from, int to) {
        read.set(Math.max(0, from), Math.min(to, line.length()));
    }

    boolean isRead(int at) {
        return read.get(at);
    }

    /** The next place at or after this one that isn't read and isn't a space; the line's length if there is none. */
    int nextUnread(int from) {
        int i = read.nextClearBit(from);
        while (i < line.length() && Character.isWhitespace(line.charAt(i))) {
            i = read.nextClearBit(i + 1);
        }
        return Math.min(i, line.length());
    }

    /** The next place that isn't a space, read or not. */
    int nextWord(int from) {
        int i = from;
        while (i < line.length() && Character.isWhitespace(line.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Where the word that begins here ends: at a space outside of quotes, or where something was read. */
    int endOfWord(int from) {
        int i = from;
        boolean quoted = false;
        while (i < line.length() && !read.get(i) && (quoted || !Character.isWhitespace(line.charAt(i)))) {
            if (line.charAt(i) == '"') {
                quoted = !quoted && line.indexOf('"', i + 1) >= 0;
            }
            i++;
        }
        return i;
    }

    /** Where the next attribute begins: one that was read, or another word with a colon. */
    int endOfValue(int from) {
        int next = read.nextSetBit(from);
        int limit = next < 0 ? line.length() : next;
        int i = nextWord(from);
        while (i < limit) {
            int end = endOfWord(i);
            if (i > from && ATTRIBUTE.matcher(line.substring(i, end)).matches()) {
                return i;
            }
            i = nextWord(end);
        }
        return limit;
    }

    /** What isn't read from here to the next attribute, without spaces at the end. */
    String value(int from) {
        return line.substring(from, endOfValue(from)).stripTrailing();
    }

    String text(int from, int to) {
        return line.substring(from, to);
    }

    int length() {
        return line.length();
    }
}
