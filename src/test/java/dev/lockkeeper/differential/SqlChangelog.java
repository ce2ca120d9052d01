package dev.lockkeeper.differential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Writes a changelog that was read from YAML, and whose changes are all {@code sql}, as formatted SQL. */
final class SqlChangelog {
    /** Keys of a change set that have a line of their own. */
    private static final Set<String> LINES =
            Set.of("id", "author", "comment", "validCheckSum", "preConditions", "changes", "rollback");

    /** Attributes that Liquibase drops in SQL without a word. Lockkeeper refuses that, so they can't be compared. */
    private static final Set<String> DROPPED = Set.of("objectQuotingStrategy", "runOrder");

    private final StringBuilder text = new StringBuilder("--liquibase formatted sql");

    private SqlChangelog() {}

    static String of(Map<String, Object> changelog) {
        SqlChangelog sql = new SqlChangelog();
        for (Object item : (List<?>) changelog.get("databaseChangeLog")) {
            map(item).forEach((key, value) -> sql.add(key, value));
        }
        return sql.text.append('\n').toString();
    }

    private void add(String key, Object value) {
        switch (key) {
            case "changeSet" -> changeSet(map(value));
            case "property" -> line("--property " + attributes(map(value)));
            case "logicalFilePath" -> text.append(" logicalFilePath:").append(value);
            default -> throw new IllegalArgumentException(key + " has no form in SQL");
        }
    }

    private void changeSet(Map<String, Object> changeSet) {
        Map<String, Object> first = new LinkedHashMap<>(changeSet);
        first.keySet().removeAll(LINES);
        first.keySet().removeAll(DROPPED);
        // In quotes, or with a space, the list would be dropped too.
        first.computeIfPresent("dbms", (key, list) -> list.toString().replace(" ", ""));
        List<Map<String, Object>> changes = ((List<?>) changeSet.get("changes"))
                .stream().map(change -> map(map(change).get("sql"))).toList();
        Map<String, Object> options = new LinkedHashMap<>(changes.get(0));
        options.remove("sql");
        first.putAll(options);
        line("\n--changeset " + quoted(changeSet.get("author")) + ":" + quoted(changeSet.get("id")) + " "
                + attributes(first));
        each(changeSet.get("validCheckSum"), sum -> line("--validCheckSum: " + sum));
        each(changeSet.get("comment"), comment -> line("--comment: " + comment));
        preconditions(changeSet.get("preConditions"));
        changes.forEach(change -> line(change.get("sql").toString().strip()));
        each(
                changeSet.get("rollback"),
                rollback -> line("--rollback " + map(map(rollback).get("sql")).get("sql")));
    }

    private void preconditions(Object conditions) {
        Map<String, Object> all = new LinkedHashMap<>();
        each(conditions, condition -> all.putAll(map(condition)));
        if (all.isEmpty()) {
            return;
        }
        Map<String, Object> check = map(all.remove("sqlCheck"));
        line("--preconditions " + attributes(all));
        line("--precondition-sql-check expectedResult:" + check.get("expectedResult") + " " + check.get("sql"));
    }

    private static void each(Object value, Consumer<Object> line) {
        if (value instanceof List<?> list) {
            list.forEach(line);
        } else if (value != null) {
            line.accept(value);
        }
    }

    private static String attributes(Map<String, Object> attributes) {
        return attributes.entrySet().stream()
                .map(one -> one.getKey() + ":" + quoted(one.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String quoted(Object value) {
        String text = value.toString();
        return text.matches("[\\w!./:@,-]+") ? text : '"' + text + '"';
    }

    private void line(String line) {
        text.append('\n').append(line);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
