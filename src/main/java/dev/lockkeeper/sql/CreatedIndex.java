package dev.lockkeeper.sql;

import java.util.Optional;

/**
 * The index that CREATE INDEX makes, with names as the catalog has them.
 *
 * @param schema the schema, where the statement names the table's: an index lives beside its table
 * @param table the table's name without its schema
 * @param definition what follows the table's name: method, columns, predicate and the rest, as written
 * @see <a href="https://www.postgresql.org/docs/current/sql-createindex.html">CREATE INDEX</a>
 */
public record CreatedIndex(
        Optional<String> schema,
        String name,
        String table,
        String definition,
        boolean concurrently,
        boolean unique,
        boolean ifNotExists) {

    /** Empty for other statements, and where the server makes up the name. */
    static Optional<CreatedIndex> from(String sql) {
        TokenReader tokens = new TokenReader(sql);
        boolean create = tokens.accept("CREATE");
        boolean unique = tokens.accept("UNIQUE");
        if (!create || !tokens.accept("INDEX")) {
            return Optional.empty();
        }
        boolean concurrently = tokens.accept("CONCURRENTLY");
        boolean ifNotExists = tokens.accept("IF", "NOT", "EXISTS");
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
                        concurrently,
                        unique,
                        ifNotExists)));
    }

    private static Optional<QualifiedName> tableOf(TokenReader tokens) {
        if (!tokens.accept("ON")) {
            return Optional.empty();
        }
        tokens.accept("ONLY");
        return tokens.takeName();
    }
}
