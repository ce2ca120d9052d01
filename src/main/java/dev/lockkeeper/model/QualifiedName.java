package dev.lockkeeper.model;

import java.util.Optional;

/**
 * The name of a table, an index or a routine as the catalog has it: unquoted names in lower case, quotes undone.
 *
 * @param schema the schema, if one is named
 */
public record QualifiedName(Optional<String> schema, String name) {
    private static final String PLAIN = "[a-z_][a-z0-9_$]*";

    /** The same name with a schema: its own, or else this one. */
    public QualifiedName in(String otherwise) {
        return schema.isPresent() ? this : new QualifiedName(Optional.of(otherwise), name);
    }

    /** The name as SQL, with quotes only if it needs them. */
    @Override
    public String toString() {
        return schema.map(s -> quoted(s) + '.').orElse("") + quoted(name);
    }

    private static String quoted(String name) {
        return name.matches(PLAIN) ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
