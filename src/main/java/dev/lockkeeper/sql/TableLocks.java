package dev.lockkeeper.sql;

import dev.lockkeeper.model.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables that a DDL statement names and locks strongly enough to stop writes. Errs towards too many: it doesn't
 * look for forms of ALTER TABLE that take a weaker lock.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES">Table-Level Locks</a>
 */
final class TableLocks {
    private final TokenReader tokens;

    private TableLocks(String sql) {
        tokens = new TokenReader(sql);
    }

    static List<QualifiedName> of(String sql) {
        return new TableLocks(sql).read().stream().distinct().toList();
    }

    /** The table that CREATE TABLE makes. */
    static Optional<QualifiedName> createdTable(String sql) {
        TableLocks statement = new TableLocks(sql);
        return statement.tokens.accept("CREATE") && statement.acceptTable()
                ? statement.tokens.takeName()
                : Optional.empty();
    }

    private List<QualifiedName> read() {
        if (tokens.accept("ALTER", "TABLE")) {
            return altered();
        }
        if (tokens.accept("CREATE")) {
            return created();
        }
        if (tokens.accept("DROP", "TABLE") || tokens.accept("TRUNCATE") || tokens.accept("LOCK")) {
            return listed();
        }
        if ((tokens.accept("ALTER") || tokens.accept("DROP")) && acceptTriggerOrPolicy()) {
            return behindOn();
        }
        return List.of();
    }

    private List<QualifiedName> altered() {
        if (tokens.accept("ALL")) {
            return List.of(); // ALTER TABLE ALL IN TABLESPACE names none.
        }
        tokens.accept("IF", "EXISTS");
        tokens.accept("ONLY");
        List<QualifiedName> names = new ArrayList<>();
        tokens.takeName().ifPresent(names::add);
        names.addAll(related());
        return names;
    }

    private List<QualifiedName> created() {
        if (acceptTable()) {
            Optional<QualifiedName> created = tokens.takeName();
            List<QualifiedName> related = related();
            created.ifPresent(itself -> related.removeIf(itself::equals));
            return related;
        }
        tokens.accept("OR", "REPLACE");
        tokens.accept("CONSTRAINT");
        if (acceptTriggerOrPolicy()) {
            return behindOn();
        }
        tokens.accept("UNIQUE");
        boolean stopsWrites = tokens.accept("INDEX") && !tokens.accept("CONCURRENTLY");
        return stopsWrites ? behindOn() : List.of();
    }

    private boolean acceptTable() {
        if (!tokens.accept("GLOBAL")) {
            tokens.accept("LOCAL");
        }
        if (!tokens.accept("TEMPORARY") && !tokens.accept("TEMP")) {
            tokens.accept("UNLOGGED");
        }
        boolean table = tokens.accept("TABLE");
        tokens.accept("IF", "NOT", "EXISTS");
        return table;
    }

    private boolean acceptTriggerOrPolicy() {
        return tokens.accept("TRIGGER") || tokens.accept("POLICY");
    }

    /** Tables that get a foreign key's trigger, a partition, or become one. */
    private List<QualifiedName> related() {
        List<QualifiedName> names = new ArrayList<>();
        while (!tokens.atEnd()) {
            if (tokens.accept("REFERENCES")
                    || tokens.accept("PARTITION", "OF")
                    || tokens.accept("ATTACH", "PARTITION")
                    || tokens.accept("DETACH", "PARTITION")) {
                tokens.takeName().ifPresent(names::add);
            } else {
                tokens.take();
            }
        }
        return names;
    }

    private List<QualifiedName> behindOn() {
        tokens.skipBehind("ON");
        tokens.accept("ONLY");
        return tokens.takeName().map(List::of).orElse(List.of());
    }

    private List<QualifiedName> listed() {
        List<QualifiedName> names = new ArrayList<>();
        tokens.accept("TABLE");
        tokens.accept("IF", "EXISTS");
        do {
            tokens.accept("ONLY");
            tokens.takeName().ifPresent(names::add);
            tokens.accept('*');
        } while (tokens.accept(','));
        return names;
    }
}
