package dev.lockkeeper.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Changelog parameters end up in SQL, and SQL in messages: a parameter whose name sounds secret is treated as a secret. */
final class SecretParameters {
    private static final List<String> NAMES = List.of("pass", "pwd", "pw", "secret", "token", "key", "credential");

    private SecretParameters() {}

    /** The values to hide. */
    static Stream<String> in(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .filter(parameter -> NAMES.stream().anyMatch(parameter.getKey().toLowerCase(Locale.ROOT)::contains))
                .map(Map.Entry::getValue);
    }
}
