package dev.lockkeeper.text;

import java.util.List;

/** Lists inside messages: at most a screen of them. */
public final class Lines {
    private static final int MOST = 12;

    private Lines() {}

    /** Each item on an indented line of its own, after a line break; what is beyond a dozen is counted. */
    public static String indented(List<?> items) {
        StringBuilder text = new StringBuilder();
        items.stream().limit(MOST).forEach(item -> text.append("\n  - ").append(item));
        if (items.size() > MOST) {
            text.append("\n  … and ").append(items.size() - MOST).append(" more");
        }
        return text.toString();
    }
}
