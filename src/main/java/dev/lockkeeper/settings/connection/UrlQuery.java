package dev.lockkeeper.settings.connection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The query part of a database URL. {@link UrlParameters} says what becomes of each parameter. */
final class UrlQuery {
    private static final String OPTIONS = "options";
    private static final String ROLE = "role";

    private final List<String> warnings;

    /**
     * Honoured parameters by their names in lower case; if one is given several times, the last counts, as with libpq.
     */
    private final Map<String, String> honoured = new LinkedHashMap<>();

    private final List<SearchPath> searchPaths = new ArrayList<>();
    private @Nullable String role;

    private UrlQuery(List<String> warnings) {
        this.warnings = warnings;
    }

    /**
     * Reads the text after the question mark.
     *
     * @param warnings gets a sentence for each parameter that is ignored and that somebody may count on
     * @throws IllegalArgumentException if a parameter is refused; no value is quoted
     */
    static ConnectionParts parse(@Nullable String query, List<String> warnings) {
        UrlQuery read = new UrlQuery(warnings);
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                read.parameter(PercentCoding.decode(pair.substring(0, equals)), pair.substring(equals + 1));
            }
        }
        return read.parts();
    }

    private void parameter(String name, String raw) {
        String lower = name.toLowerCase(Locale.ROOT);
        // Go's and Rust's drivers take any setting of the server: options[search_path]=a, or search_path=a by itself.
        if (lower.startsWith(OPTIONS + "[") && lower.endsWith("]")) {
            option(new StartupOptions.Option(
                    lower.substring(OPTIONS.length() + 1, lower.length() - 1), PercentCoding.decodeForm(raw)));
            return;
        }
        UrlParameters.Verdict verdict = UrlParameters.verdict(name).orElse(null);
        if (verdict == null) {
            warnings.add("query parameter " + name + " isn't known and is ignored");
            return;
        }
        switch (verdict) {
            case HONOURED -> honour(lower, raw);
            case REFUSED -> refuse(name, raw, "query parameter " + name);
            case IGNORED -> warnings.add("query parameter " + name + " is ignored" + hint(lower));
            case HARMLESS -> {}
        }
    }

    private void honour(String name, String raw) {
        if (name.equals("host") && honoured.containsKey(name)) {
            honoured.merge(name, PercentCoding.decode(raw), (first, other) -> first + "," + other);
        } else {
            honoured.put(
                    name, choosesPlace(name) ? PercentCoding.decodeForm(raw).strip() : PercentCoding.decode(raw));
        }
    }

    private static boolean choosesPlace(String name) {
        return List.of(OPTIONS, ROLE, "schema", "search_path", "schema_search_path", "currentschema")
                .contains(name);
    }

    private static String hint(String name) {
        return name.equals("statement_timeout") || name.equals("lock_timeout")
                ? ": LOCKKEEPER_" + name.toUpperCase(Locale.ROOT) + " sets it"
                : "";
    }

    private static void refuse(String name, String value, String what) {
        boolean off = List.of("false", "off", "no", "0").contains(value.strip().toLowerCase(Locale.ROOT));
        if (!off) {
            throw new IllegalArgumentException(
                    "has the " + what + ", which can't be honoured: " + UrlParameters.instead(name));
        }
    }

    private void option(StartupOptions.Option option) {
        String what = option.name() + " in options";
        if (option.name().equals("search_path")) {
            searchPath(SearchPath.parse("options", option.value()));
        } else if (option.name().equals(ROLE)) {
            role("options", option.value());
        } else if (UrlParameters.verdict(option.name()).orElse(null) == UrlParameters.Verdict.REFUSED) {
            refuse(option.name(), option.value(), "setting " + what);
        } else {
            warnings.add("the setting " + what + " is ignored" + hint(option.name()));
        }
    }

    private void searchPath(SearchPath path) {
        if (searchPaths.stream().anyMatch(other -> !other.schemas().equals(path.schemas()))) {
            throw new IllegalArgumentException("names two different search paths, by "
                    + searchPaths.get(0).parameter() + " and by " + path.parameter() + ": leave one out");
        }
        searchPaths.add(path);
    }

    private void role(String parameter, String name) {
        if (role != null && !role.equals(name)) {
            throw new IllegalArgumentException(
                    "names two different roles, one of them by " + parameter + ": leave one out");
        }
        role = name;
    }

    private ConnectionParts parts() {
        readOptions();
        readSearchPaths();
        String ownRole = text(ROLE);
        if (ownRole != null) {
            role(ROLE, ownRole);
        }
        String port = one("port", "pgport");
        String password = text("password");
        String host = one("host", "pghost");
        return new ConnectionParts(
                host == null ? null : host.toLowerCase(Locale.ROOT),
                port == null ? null : (Integer) DatabaseUrl.port(port),
                one("dbname", "database", "pgdbname"),
                one("user", "username"),
                password == null ? null : Secret.of(password),
                SslMode.ofUrl(text("sslmode"), honoured.get("ssl")),
                text("sslrootcert"),
                searchPaths.isEmpty() ? null : searchPaths.get(0),
                // The server's word for no role.
                Objects.equals(role, "none") ? null : role);
    }

    private void readOptions() {
        String text = text(OPTIONS);
        if (text == null) {
            return;
        }
        List<String> others = new ArrayList<>();
        StartupOptions.parse(text, others).forEach(this::option);
        if (!others.isEmpty()) {
            warnings.add("query parameter options has a part that sets nothing known and is ignored");
        }
    }

    private void readSearchPaths() {
        for (String name : List.of("search_path", "schema_search_path")) {
            String text = text(name);
            if (text != null) {
                searchPath(SearchPath.parse(name, text));
            }
        }
        String current = text("currentschema");
        if (current != null) {
            SearchPath path = SearchPath.parse("currentSchema", current);
            searchPath(path.schemas().size() == 1 ? path.literally(current) : path);
        }
        String schema = text("schema");
        if (schema != null) {
            searchPath(SearchPath.of("schema", schema));
        }
    }

    private @Nullable String text(String name) {
        String text = honoured.get(name);
        return text == null || text.isEmpty() ? null : text;
    }

    /** The value of one parameter that has several names. */
    private @Nullable String one(String... names) {
        String value = null;
        for (String name : names) {
            value = value == null ? text(name) : value;
        }
        return value;
    }
}
