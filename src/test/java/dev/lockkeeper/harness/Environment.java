package dev.lockkeeper.harness;

import java.util.LinkedHashMap;
import java.util.Map;

/** Environment variables for a run. */
public record Environment(Map<String, String> variables) {

    /** One that waits little and writes JSON. */
    public static Environment of() {
        return new Environment(
                Map.of("LOCKKEEPER_CONNECT_WAIT", "1s", "LOCKKEEPER_WAIT", "60s", "LOCKKEEPER_LOG_FORMAT", "json"));
    }

    public Environment with(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        all.put(name, value);
        return new Environment(all);
    }

    public Environment without(String name) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        all.remove(name);
        return new Environment(all);
    }
}
