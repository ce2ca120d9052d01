package dev.lockkeeper.changelog.parse;

import dev.lockkeeper.changelog.ChangeSets;
import dev.lockkeeper.model.QualifiedName;
import dev.lockkeeper.sql.SqlScript;
import dev.lockkeeper.sql.SqlStatement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.database.core.PostgresDatabase;
import liquibase.sqlgenerator.SqlGeneratorFactory;

/** Which tables that were there before a change set locks against writes. */
final class ExistingTables {
    private ExistingTables() {}

    /** Their names, where there are two or more that different statements lock. */
    static Optional<String> lockedBy(ChangeSet changeSet) {
        Set<QualifiedName> locked = new LinkedHashSet<>();
        List<List<QualifiedName>> each = new ArrayList<>();
        Set<QualifiedName> made = new LinkedHashSet<>();
        for (Change change : changeSet.getChanges()) {
            for (SqlStatement statement : statements(change)) {
                statement.createdTable().ifPresent(made::add);
                locked.addAll(statement.lockedTables());
                each.add(statement.lockedTables());
            }
        }
        locked.removeAll(made);
        // What a single statement locks can't be taken apart: a foreign key needs both its tables.
        boolean oneStatement = each.stream().anyMatch(tables -> tables.containsAll(locked));
        return locked.size() < 2 || oneStatement
                ? Optional.empty()
                : Optional.of(locked.stream().map(QualifiedName::toString).collect(Collectors.joining(" and ")));
    }

    /** A change that isn't written as SQL is asked for what it would run; some can't say without a database. */
    private static List<SqlStatement> statements(Change change) {
        Optional<SqlScript> script = ChangeSets.script(change);
        if (script.isPresent()) {
            return script.get().statements();
        }
        try {
            PostgresDatabase database = new PostgresDatabase();
            if (change.generateStatementsVolatile(database)) {
                return List.of();
            }
            return List.of(SqlGeneratorFactory.getInstance().generateSql(change, database)).stream()
                    .flatMap(sql -> SqlScript.parse(sql.toSql()).statements().stream())
                    .toList();
        } catch (RuntimeException e) {
            return List.of();
        }
    }
}
