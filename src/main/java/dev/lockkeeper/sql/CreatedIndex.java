package dev.lockkeeper.sql;

import dev.lockkeeper.model.QualifiedName;
import java.util.Optional;

/**
 * The index that CREATE INDEX makes, with names as the catalog has them.
 *
 * @param schema the schema, if the statement names the table's: an index lives in the schema of its table
 * @param table the table's name without its schema
 * @param definition what follows the table's name: method, columns, predicate and the rest, as written
 * @see <a href="https://www.postgresql.org/docs/current/sql-createindex.html">CREATE INDEX</a>
 */
public record CreatedIndex(Optional<String> schema, String name, String table, String definition, boolean unique) {

    /** The index's own name; it lives in the schema of its table. */
    public QualifiedName qualifiedName() {
        return new QualifiedName(schema, name);
    }

    /** Empty for other statements, and if the statement leaves the name to the server. */
    static Optional<CreatedIndex> from(String sql) {
        TokenReader tokens = new TokenReader(sql);
        boolean create = tokens.accept("CREATE");
        boolean unique = tokens.accept("UNIQUE");
        if (!create || !tokens.accept("INDEX")) {
            return Optional.empty();
        }
        tokens.accept("CONCURRENTLY");
        tokens.accept("IF", "NOT", "EXISTS");
        if (tokens.accept("ON")) {
            return Optional.empty();
        }
        Optional<QualifiedName> name = tokens.takeName();
        return name.flatMap(index -> tableOf(tokens)
                .map(table -> new CreatedIndex(
                        table.schema(),
                        index.name(),
                        table.name(),
                        sql.substring(tokens.peek().start()),
                        unique)));
    }

    private static Optional<QualifiedName> tableOf(TokenReader tokens) {
        if (!tokens.accept("ON")) {
            return Optional.empty();
        }
        tokens.accept("ONLY");
        return tokens.takeName();
    }
}
