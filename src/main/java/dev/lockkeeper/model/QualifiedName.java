package dev.lockkeeper.model;

import java.util.Optional;

/**
 * The name of a table, an index or a routine as the catalog has it: unquoted names in lower case, quotes removed.
 *
 * @param schema the schema, if one is named
 */
public record QualifiedName(Optional<String> schema, String name) {
    /** The same name with a schema: its own, or else this one. */
    public QualifiedName in(String otherwise) {
        return schema.isPresent() ? this : new QualifiedName(Optional.of(otherwise), name);
    }
}
