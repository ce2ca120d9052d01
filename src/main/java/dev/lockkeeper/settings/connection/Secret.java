package dev.lockkeeper.settings.connection;

import java.util.Arrays;

/** A text that must not be shown: {@code toString} never gives it away, and nothing of it can be serialised. */
public final class Secret {
    private final char[] text;

    private Secret(char[] text) {
        this.text = text;
    }

    public static Secret of(String text) {
        return new Secret(text.toCharArray());
    }

    /** The text itself, for the one call that needs it. */
    public String reveal() {
        return new String(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && Arrays.equals(text, secret.text);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(text);
    }

    @Override
    public String toString() {
        return "***";
    }
}
