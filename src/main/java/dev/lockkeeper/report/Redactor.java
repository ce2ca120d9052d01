package dev.lockkeeper.report;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes known secrets out of every line that is written, whatever library or server put them there. */
public final class Redactor {
    private static final int SHORTEST = 4;

    private final List<String> secrets = new CopyOnWriteArrayList<>();

    /** From now on this text is hidden; texts under four characters would deface every line and are left out. */
    public void hide(String secret) {
        if (secret.length() >= SHORTEST && !secrets.contains(secret)) {
            secrets.add(secret);
            String escaped = JsonLine.escaped(secret);
            if (!escaped.equals(secret)) {
                secrets.add(escaped);
            }
        }
    }

    /** The text with every known secret replaced. */
    String redacted(String text) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, "***");
        }
        return shown;
    }
}
