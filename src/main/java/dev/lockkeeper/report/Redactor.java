package dev.lockkeeper.report;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Takes secrets out of every text that is written, whatever library or server put them there: known ones, and by their form. */
public final class Redactor {
    private static final int SHORTEST = 4;
    static final String HIDDEN = "***";

    /** Ends a text that was cut to a length; a secret in it may have been cut too. */
    private static final String CUT = "…";

    /**
     * The parts of an IAM token that are secret. There is a new token with every connection, so they are known by their
     * form: a list of them would grow for as long as a run lasts.
     */
    private static final Pattern TOKEN =
            Pattern.compile("(X-Amz-(?:Signature|Security-Token|Credential)(?:=|%3D))[A-Za-z0-9%._~+/=-]+");

    private final List<String> secrets = new CopyOnWriteArrayList<>();

    /**
     * From now on this text is hidden; texts under four characters are left out, since hiding them would garble every
     * line.
     */
    public void hide(String secret) {
        if (secret.length() >= SHORTEST && !secrets.contains(secret)) {
            secrets.add(secret);
            String escaped = JsonLine.escaped(secret);
            if (!escaped.equals(secret)) {
                secrets.add(escaped);
            }
        }
    }

    /** The text with every known secret, and the secret parts of any IAM token, replaced. */
    String redacted(String text) {
        String shown = text.contains("X-Amz-") ? TOKEN.matcher(text).replaceAll("$1" + HIDDEN) : text;
        for (String secret : secrets) {
            shown = shown.replace(secret, HIDDEN);
            if (shown.contains(CUT)) {
                shown = withoutPieces(shown, secret);
            }
        }
        return SecretForms.masked(shown);
    }

    private static String withoutPieces(String text, String secret) {
        String shown = text;
        for (int length = secret.length() - 1; length >= SHORTEST; length--) {
            String piece = secret.substring(0, length);
            shown = shown.replace(piece + CUT, HIDDEN + CUT).replace(piece + " " + CUT, HIDDEN + CUT);
        }
        return shown;
    }
}
