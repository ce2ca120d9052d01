package dev.lockkeeper.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What Liquibase can read and no case has: a new release of it must not bring anything that nobody compares. */
class CoverageTest {
    @Test
    void every_change_type_with_every_parameter_is_in_a_case() throws Exception {
        Map<String, Set<String>> missing = new TreeMap<>();
        Map<String, Set<String>> covered = covered();
        PlainLoader.plain().vocabulary().changes().forEach((change, parameters) -> {
            Set<String> left = new TreeSet<>(parameters);
            left.removeAll(covered.getOrDefault(change, Set.of()));
            left.removeIf(parameter -> NotCovered.has(change, parameter));
            if (!left.isEmpty() || !covered.containsKey(change) && !NotCovered.has(change, "")) {
                missing.put(change, left);
            }
        });
        assertThat(missing).isEmpty();
    }

    @Test
    void every_attribute_of_a_change_set_is_in_a_case() throws Exception {
        Set<String> attributes = new TreeSet<>(Xsd.latest().attributes("changeSetAttributes"));
        attributes.addAll(PlainLoader.plain().vocabulary().changeSet());
        missing("changeSet", attributes, covered());
    }

    @Test
    void every_precondition_is_in_a_case() throws Exception {
        Map<String, Set<String>> covered = covered();
        Set<String> preconditions =
                new TreeSet<>(PlainLoader.plain().vocabulary().preconditions());
        preconditions.removeAll(covered.keySet());
        assertThat(preconditions).isEmpty();
        missing("preConditions", Xsd.latest().attributesOf("preConditions"), covered);
    }

    @Test
    void everything_that_modifies_sql_is_in_a_case() throws Exception {
        Set<String> visitors = new TreeSet<>(Xsd.latest().elements("modifySqlChildren"));
        visitors.removeAll(covered().getOrDefault("modifySql", Set.of()));
        assertThat(visitors).isEmpty();
    }

    @Test
    void every_format_is_in_a_case() {
        assertThat(PlainLoader.plain().vocabulary().parsers())
                .containsExactlyInAnyOrder(
                        "XMLChangeLogSAXParser",
                        "YamlChangeLogParser",
                        "JsonChangeLogParser",
                        "FormattedSqlChangeLogParser",
                        "SqlChangeLogParser");
    }

    @Test
    void whatever_is_left_out_exists() {
        Map<String, Set<String>> changes = PlainLoader.plain().vocabulary().changes();
        assertThat(NotCovered.CHANGES.keySet().stream().filter(name -> !name.startsWith("*")))
                .allMatch(name -> changes.containsKey(name.replaceFirst("\\..*", "")));
    }

    private static void missing(String element, Set<String> attributes, Map<String, Set<String>> covered) {
        Set<String> missing = new TreeSet<>(attributes);
        missing.removeAll(covered.getOrDefault(element, Set.of()));
        missing.removeIf(name -> NotCovered.CHANGE_SET.containsKey(name));
        assertThat(missing).as(element).isEmpty();
    }

    /** Every key of every case with the keys below it, those of lists included. */
    private static Map<String, Set<String>> covered() throws IOException {
        Map<String, Set<String>> keys = new TreeMap<>();
        for (String name : Cases.inAllFormats()) {
            collect("", Rendering.parsed(Cases.root(name)), keys);
        }
        return keys;
    }

    private static void collect(String parent, Object value, Map<String, Set<String>> keys) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, part) -> {
                keys.computeIfAbsent(parent, any -> new TreeSet<>()).add(key.toString());
                keys.computeIfAbsent(key.toString(), any -> new TreeSet<>());
                collect(key.toString(), part, keys);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(item -> collect(parent, item, keys));
        }
    }
}
