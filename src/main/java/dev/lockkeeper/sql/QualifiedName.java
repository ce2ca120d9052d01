package dev.lockkeeper.sql;

import java.util.Optional;

/**
 * The name of a table or a routine as the catalog has it: unquoted names in lower case, quotes undone.
 *
 * @param schema the schema, where the statement names one
 */
public record QualifiedName(Optional<String> schema, String name) {

    /** The name as SQL, in quotes where it needs them. */
    @Override
    public String toString() {
        return schema.map(s -> Identifier.quoteIfNeeded(s) + '.').orElse("") + Identifier.quoteIfNeeded(name);
    }
}
