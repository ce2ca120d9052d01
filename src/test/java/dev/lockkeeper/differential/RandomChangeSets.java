package dev.lockkeeper.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Change sets with random attributes. Each works on a table of its own, because any other may be left out. */
final class RandomChangeSets {
    static final List<String> CONTEXTS = List.of("a", "b", "a and b", "!a", "a or b", "(a or !b) and c");
    static final List<String> LABELS = List.of("x", "y", "x, y");

    private final Random random;
    private int counter;

    RandomChangeSets(Random random) {
        this.random = random;
    }

    /** Another one; in a file of SQL, its changes are all {@code sql}. */
    Map<String, Object> next(Rendering format) {
        int n = ++counter;
        List<Object> changes = new ArrayList<>(List.of(table(n)));
        if (format != Rendering.SQL) {
            maybe(
                    2,
                    () -> changes.add(
                            Map.of("addColumn", Map.of("tableName", "t" + n, "columns", List.of(column("z"))))));
            maybe(
                    3,
                    () -> changes.add(Map.of(
                            "sql",
                            Map.of(
                                    "dbms",
                                    oneOf(List.of("h2", "postgresql, h2", "!h2")),
                                    "sql",
                                    "INSERT INTO t" + n + " VALUES (2)"))));
            maybe(
                    4,
                    () -> changes.add(Map.of(
                            "createIndex",
                            Map.of("tableName", "t" + n, "indexName", "i" + n, "columns", List.of(column("x"))))));
        }
        Map<String, Object> changeSet = of(changes);
        attributes(changeSet, n);
        return changeSet;
    }

    /** One that always runs, with these changes. */
    Map<String, Object> of(List<Object> changes) {
        Map<String, Object> changeSet = new LinkedHashMap<>();
        changeSet.put("id", "id " + ++counter);
        changeSet.put("author", oneOf(List.of("anna", "b.c@example.org")));
        changeSet.put("changes", changes);
        return changeSet;
    }

    /** Edits it if it runs on change. */
    static void edit(Map<String, Object> changeSet) {
        if (changeSet.containsKey("runOnChange")) {
            view(changeSet, changeSet.get("created") + ", 1 AS y");
        }
    }

    private void attributes(Map<String, Object> changeSet, int n) {
        maybe(4, () -> changeSet.put("context", oneOf(CONTEXTS)));
        maybe(4, () -> changeSet.put("labels", oneOf(LABELS)));
        maybe(6, () -> changeSet.put("dbms", oneOf(List.of("postgresql", "!postgresql", "h2", "!h2"))));
        maybe(12, () -> changeSet.put("logicalFilePath", "logical/" + n));
        maybe(12, () -> changeSet.put("runOrder", oneOf(List.of("first", "last"))));
        maybe(15, () -> changeSet.put("ignore", true));
        maybe(8, () -> changeSet.put("failOnError", false));
        switch (random.nextInt(7)) {
            case 0 -> editable(changeSet, n);
            case 1 -> always(changeSet, n);
            case 2 -> precondition(changeSet, n);
            case 3 -> failing(changeSet);
            default -> {}
        }
        maybe(5, () -> changeSet.put("comment", "a comment, number " + n));
    }

    private static void always(Map<String, Object> changeSet, int n) {
        changeSet.put("runAlways", true);
        changeSet.put("changes", List.of(table(n)));
    }

    private static void editable(Map<String, Object> changeSet, int n) {
        changeSet.put("runOnChange", true);
        view(changeSet, "CREATE OR REPLACE VIEW v%d AS SELECT 0 AS x".formatted(n));
    }

    private static void view(Map<String, Object> changeSet, String query) {
        // An attribute without any effect, in which the view's text is kept.
        changeSet.put("created", query);
        changeSet.put("changes", List.of(Map.of("sql", Map.of("splitStatements", false, "sql", query))));
    }

    private void precondition(Map<String, Object> changeSet, int n) {
        Object changes = changeSet.remove("changes");
        changeSet.put(
                "preConditions",
                List.of(
                        Map.of("onFail", oneOf(List.of("MARK_RAN", "CONTINUE", "WARN"))),
                        Map.of("sqlCheck", Map.of("expectedResult", n % 2, "sql", "SELECT 1"))));
        // The schema wants them in this order.
        changeSet.put("changes", changes);
    }

    private static void failing(Map<String, Object> changeSet) {
        changeSet.put("failOnError", false);
        changeSet.put("changes", List.of(sql("SELECT * FROM nowhere")));
    }

    /** May run more than once. */
    private static Map<String, Object> table(int n) {
        return sql("CREATE TABLE IF NOT EXISTS t%d (x int, y text); INSERT INTO t%d VALUES (${p}, 'it''s; -- %d')"
                .formatted(n, n, n));
    }

    private static Map<String, Object> column(String name) {
        return Map.of("column", Map.of("name", name, "type", "int"));
    }

    static Map<String, Object> sql(String text) {
        return Map.of("sql", Map.of("sql", text));
    }

    /** Does it in one of so many cases. */
    void maybe(int oneIn, Runnable action) {
        if (random.nextInt(oneIn) == 0) {
            action.run();
        }
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
