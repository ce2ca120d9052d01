package dev.lockkeeper.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The query part of a database URL: libpq's and pgjdbc's names for what we know, a warning for the rest. */
final class UrlQuery {
    private UrlQuery() {}

    static ConnectionParts parse(@Nullable String query, List<String> warnings) {
        Map<String, String> known = new LinkedHashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                known.put(
                        pair.substring(0, equals).toLowerCase(Locale.ROOT),
                        PercentCoding.decode(pair.substring(equals + 1)));
            }
        }
        String port = known.remove("port");
        String password = known.remove("password");
        ConnectionParts parts = new ConnectionParts(
                known.remove("host"),
                port == null || port.isEmpty() ? null : (Integer) DatabaseUrl.port(port),
                known.remove("dbname"),
                known.remove("user"),
                password == null || password.isEmpty() ? null : Secret.of(password),
                sslMode(known.remove("sslmode"), known.remove("ssl")),
                known.remove("sslrootcert"),
                known.remove("currentschema"));
        known.keySet().forEach(name -> warnings.add("query parameter " + name + " isn't known and is ignored"));
        return parts;
    }

    /** pgjdbc's {@code ssl=true} means verify-full (https://jdbc.postgresql.org/documentation/use/). */
    private static @Nullable SslMode sslMode(@Nullable String mode, @Nullable String ssl) {
        if (mode != null) {
            return SslMode.parse(mode);
        }
        return ssl != null && (ssl.isEmpty() || ssl.equalsIgnoreCase("true")) ? SslMode.VERIFY_FULL : null;
    }
}
