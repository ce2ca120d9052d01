package dev.lockkeeper.settings.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A database URL in any of the forms that frameworks use. */
final class DatabaseUrl {
    private static final Pattern SCHEME =
            Pattern.compile("(?:jdbc:)?postgres(?:ql)?(?:\\+[a-z0-9_]+)?://", Pattern.CASE_INSENSITIVE);
    private static final Pattern PLACE = Pattern.compile(
            "(?<host>\\[[^\\]]+]|[^@/:?#\\[\\]]*)(?::(?<port>[^/?#@]*))?(?:/(?<database>[^?]*))?(?:\\?(?<query>.*))?",
            Pattern.DOTALL);

    private DatabaseUrl() {}

    /**
     * Reads {@code jdbc:postgresql://}, {@code postgresql://}, {@code postgres://} and {@code postgresql+driver://}.
     * User and password may be percent-encoded or, if that leaves no doubt, raw; a plus sign is a plus sign.
     *
     * @throws IllegalArgumentException with a sentence that quotes nothing of the text, since it may hold a password
     */
    static ConnectionText parse(String text) {
        Matcher scheme = SCHEME.matcher(text);
        if (!scheme.lookingAt()) {
            throw new IllegalArgumentException("isn't a PostgreSQL URL: it must begin with postgresql://, postgres://,"
                    + " postgresql+driver:// or jdbc:postgresql://, or be the secret's whole JSON");
        }
        String rest = text.substring(scheme.end());
        for (int at = rest.lastIndexOf('@'); at >= 0; at = rest.lastIndexOf('@', at - 1)) {
            Optional<Matcher> place = place(rest.substring(at + 1));
            if (place.isPresent() && hasDatabase(place.get())) {
                return of(place.get(), rest.substring(0, at));
            }
        }
        int last = rest.indexOf('?') >= 0 ? rest.lastIndexOf('@', rest.indexOf('?')) : rest.lastIndexOf('@');
        Matcher place = place(rest.substring(last + 1))
                .orElseThrow(() -> new IllegalArgumentException(
                        "can't be read as a URL: write postgresql://user:password@host:5432/database, with special"
                                + " characters in user and password percent-encoded"));
        return of(place, last < 0 ? null : rest.substring(0, last));
    }

    private static Optional<Matcher> place(String text) {
        Matcher matcher = PLACE.matcher(text);
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    private static boolean hasDatabase(Matcher place) {
        String database = place.group("database");
        return database != null && !database.isEmpty() && !place.group("host").isEmpty();
    }

    private static ConnectionText of(Matcher place, @Nullable String userInfo) {
        List<String> warnings = new ArrayList<>();
        ConnectionParts query = UrlQuery.parse(place.group("query"), warnings);
        String port = emptyToNull(place.group("port"));
        boolean socket = query.host() != null && query.host().startsWith("/");
        // Prisma's URLs name a host in addition to a socket, and mean the socket.
        String host = socket ? null : decoded(emptyToNull(withoutBrackets(place.group("host"))));
        boolean several = port != null && port.contains(",");
        ConnectionParts parts = new ConnectionParts(
                host == null ? null : (several ? host + ":" + port : host).toLowerCase(Locale.ROOT),
                port == null || several ? null : (Integer) port(port),
                decoded(emptyToNull(place.group("database"))),
                decoded(emptyToNull(before(userInfo))),
                secret(after(userInfo)),
                null,
                null,
                null,
                null);
        requireSame("hosts", parts.host(), query.host());
        requireSame("ports", parts.port(), query.port());
        requireSame("databases", parts.database(), query.database());
        requireSame("users", parts.username(), query.username());
        return new ConnectionText(parts.over(query), warnings);
    }

    /** Some clients take the one in the query, some the other. */
    private static void requireSame(String what, @Nullable Object own, @Nullable Object query) {
        if (own != null && query != null && !own.equals(query)) {
            throw new IllegalArgumentException(
                    "names two different " + what + ", one of them as a query parameter: leave" + " one out");
        }
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** A port within a URL; if it isn't one, the text may be the end of a password. */
    static int port(String text) {
        try {
            return Port.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has a port that " + e.getMessage()
                    + " (or a password whose special characters must be percent-encoded)");
        }
    }

    private static @Nullable Secret secret(@Nullable String raw) {
        String password = decoded(raw);
        return password == null || password.isEmpty() ? null : Secret.of(password);
    }

    private static @Nullable String before(@Nullable String userInfo) {
        return userInfo == null || !userInfo.contains(":") ? userInfo : userInfo.substring(0, userInfo.indexOf(':'));
    }

    private static @Nullable String after(@Nullable String userInfo) {
        return userInfo == null || !userInfo.contains(":") ? null : userInfo.substring(userInfo.indexOf(':') + 1);
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static @Nullable String decoded(@Nullable String text) {
        return text == null ? null : PercentCoding.decode(text);
    }
}
