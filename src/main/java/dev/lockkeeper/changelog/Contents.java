package dev.lockkeeper.changelog;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What we need to know about a file's bytes.
 *
 * @param badLine number of the first line that isn't UTF-8, counted from 1
 * @param nulLine number of the first line with a NUL byte, which PostgreSQL doesn't accept in any text
 * @param usesDatabaseParameter whether <code>${database.</code> occurs
 */
record Contents(Optional<Integer> badLine, Optional<Integer> nulLine, boolean usesDatabaseParameter) {
    private static final byte[] PARAMETER = "${database.".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 8_192;

    static Contents of(byte[] bytes) {
        return new Contents(badLine(bytes), nulLine(bytes), contains(bytes, PARAMETER));
    }

    private static Optional<Integer> badLine(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(BUFFER);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return result.isError() ? Optional.of(lineAt(bytes, in.position())) : Optional.empty();
    }

    private static Optional<Integer> nulLine(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return Optional.of(lineAt(bytes, i));
            }
        }
        return Optional.empty();
    }

    private static int lineAt(byte[] bytes, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return line;
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            int j = 0;
            while (j < wanted.length && bytes[i + j] == wanted[j]) {
                j++;
            }
            if (j == wanted.length) {
                return true;
            }
        }
        return false;
    }
}
