package dev.lockkeeper.run.resume;

import dev.lockkeeper.model.QualifiedName;
import dev.lockkeeper.postgres.Catalog;
import dev.lockkeeper.sql.Identifier;
import dev.lockkeeper.sql.outside.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;

/** DROP INDEX: done if none of its indexes exists. One that was dropped halfway is INVALID, and may be dropped again. */
record DroppedIndexes(Connection connection, Found found, Effect.DropsIndexes drops, String sql) implements Resumption {

    @Override
    public Optional<String> remaining() throws SQLException {
        for (QualifiedName index : drops.indexes()) {
            if (Catalog.relation(connection, index).isPresent()) {
                return Optional.of(sql);
            }
        }
        String names = drops.indexes().stream().map(Identifier::quoteIfNeeded).collect(Collectors.joining(", "));
        return found.done((drops.indexes().size() == 1 ? "There is no index " : "There are no indexes ") + names);
    }
}
