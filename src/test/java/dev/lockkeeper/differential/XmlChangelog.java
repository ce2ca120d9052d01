package dev.lockkeeper.differential;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a changelog that was read from YAML as XML. */
final class XmlChangelog {
    private static final String ATTRIBUTES = """
             xmlns="http://www.liquibase.org/xml/ns/dbchangelog" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
            http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd\"""";

    /** Keys whose value is the element's text. */
    private static final Map<String, String> TEXT = Map.of(
            "sql", "sql",
            "sqlCheck", "sql",
            "createView", "selectQuery",
            "createProcedure", "procedureText",
            "output", "message",
            "stop", "message");

    /** Keys whose value is an element with text; every other text is an attribute. */
    private static final Set<String> ELEMENTS = Set.of("where", "comment", "validCheckSum");

    /** Keys whose list stands in the element itself. */
    private static final Set<String> INLINE = Set.of("changes", "columns", "params", "args");

    private final StringBuilder attributes = new StringBuilder();
    private final StringBuilder content = new StringBuilder();

    private XmlChangelog() {}

    static String of(Map<String, Object> changelog) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + element("databaseChangeLog", changelog.get("databaseChangeLog"), ATTRIBUTES);
    }

    private static String element(String name, Object value, String more) {
        XmlChangelog element = new XmlChangelog();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, part) -> element.add(name, key.toString(), part));
        } else if (value instanceof List<?> list) {
            list.forEach(item -> element.addItem(name, item));
        } else {
            element.content.append(escaped(value));
        }
        return "<" + name + more + element.attributes + ">" + element.content + "</" + name + ">\n";
    }

    private void addItem(String name, Object item) {
        if (item instanceof Map<?, ?> map) {
            map.forEach((key, part) -> add(name, key.toString(), part));
        } else {
            content.append(escaped(item));
        }
    }

    private void add(String element, String key, Object value) {
        if (value instanceof List<?> list && INLINE.contains(key)) {
            list.forEach(item -> addItem(element, item));
        } else if (value instanceof List<?> list && ELEMENTS.contains(key)) {
            list.forEach(item -> content.append(element(key, item, "")));
        } else if (value instanceof Map
                || value instanceof List
                || ELEMENTS.contains(key)
                || isRollback(element, key)) {
            content.append(element(key, value, ""));
        } else if (key.equals(TEXT.get(element))) {
            content.append(escaped(value));
        } else {
            attributes
                    .append(" ")
                    .append(key)
                    .append("=\"")
                    .append(escaped(value).replace("\n", "&#10;"))
                    .append('"');
        }
    }

    private static boolean isRollback(String element, String key) {
        return element.equals("changeSet") && key.equals("rollback");
    }

    private static String escaped(Object value) {
        return value.toString()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replace("\t", "&#9;");
    }
}
