package dev.lockkeeper.settings.connection;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How much TLS a connection asks for, from none to a verified chain and host name.
 *
 * <p>Source: <a href="https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION">libpq, SSL Mode
 * Descriptions</a>; the constants are in ascending order of protection.
 */
public enum SslMode {
    DISABLE,
    ALLOW,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    /**
     * The mode that libpq spells like this, in upper or lower case.
     *
     * @throws IllegalArgumentException with a sentence that lists the valid values
     */
    public static SslMode parse(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.text().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is no SSL mode: choose one of %s.".formatted(text, validValues())));
    }

    /** This mode as libpq and pgjdbc spell it, such as {@code verify-full}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the server's certificate has to lead to a trusted root. */
    public boolean verifiesChain() {
        return this == VERIFY_CA || this == VERIFY_FULL;
    }

    private static String validValues() {
        return Arrays.stream(values()).map(SslMode::text).collect(Collectors.joining(", "));
    }

    /**
     * What a URL says with {@code sslmode} and {@code ssl}; null if it says nothing. pgjdbc's {@code ssl=true} means
     * verify-full (https://jdbc.postgresql.org/documentation/use/), asyncpg's takes a mode, and node-postgres calls one
     * that verifies nothing {@code no-verify}.
     */
    static @Nullable SslMode ofUrl(@Nullable String mode, @Nullable String ssl) {
        if (mode != null) {
            return mode.equalsIgnoreCase("no-verify") ? REQUIRE : parse(mode);
        }
        if (ssl == null || List.of("false", "0").contains(ssl.toLowerCase(Locale.ROOT))) {
            return null;
        }
        boolean plain = ssl.isEmpty() || List.of("true", "1").contains(ssl.toLowerCase(Locale.ROOT));
        return plain ? VERIFY_FULL : ofUrl(ssl, null);
    }
}
