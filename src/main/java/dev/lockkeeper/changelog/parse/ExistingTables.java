package dev.lockkeeper.changelog.parse;

import dev.lockkeeper.model.QualifiedName;
import dev.lockkeeper.sql.Identifier;
import dev.lockkeeper.sql.SqlStatement;
import dev.lockkeeper.text.Listed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tables that existed before a change set and that it locks against writes. */
final class ExistingTables {
    private ExistingTables() {}

    /** Their names, if there are two or more that different statements lock. */
    static Optional<String> lockedBy(List<SqlStatement> statements) {
        Set<QualifiedName> locked = new LinkedHashSet<>();
        List<List<QualifiedName>> each = new ArrayList<>();
        Set<QualifiedName> made = new LinkedHashSet<>();
        for (SqlStatement statement : statements) {
            statement.createdTable().ifPresent(made::add);
            locked.addAll(statement.lockedTables());
            each.add(statement.lockedTables());
        }
        locked.removeAll(made);
        // What a single statement locks can't be split: a foreign key needs both its tables.
        boolean oneStatement = each.stream().anyMatch(tables -> tables.containsAll(locked));
        return locked.size() < 2 || oneStatement
                ? Optional.empty()
                : Optional.of(
                        Listed.of(locked.stream().map(Identifier::quoteIfNeeded).toList()));
    }
}
