package dev.lockkeeper.settings.connection;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-decoding that leaves alone what isn't percent-encoded, so that a raw password survives. */
final class PercentCoding {
    private static final int SEQUENCE = 3;
    private static final int HEX = 16;

    private PercentCoding() {}

    /** Decodes each {@code %XX}, as UTF-8 (RFC 3986, 2.1); any other percent sign and every plus sign stays. */
    static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            if (isSequence(text, i)) {
                bytes.write(Integer.parseInt(text.substring(i + 1, i + SEQUENCE), HEX));
                i += SEQUENCE;
            } else {
                int point = text.codePointAt(i);
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(point);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The same for a value of a form, in which a plus sign is a space. */
    static String decodeForm(String text) {
        return decode(text.replace('+', ' '));
    }

    private static boolean isSequence(String text, int at) {
        return text.charAt(at) == '%'
                && at + SEQUENCE <= text.length()
                && Character.digit(text.charAt(at + 1), HEX) >= 0
                && Character.digit(text.charAt(at + 2), HEX) >= 0;
    }
}
