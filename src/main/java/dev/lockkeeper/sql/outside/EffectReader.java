package dev.lockkeeper.sql.outside;

import dev.lockkeeper.model.QualifiedName;
import dev.lockkeeper.sql.SqlStatement;
import dev.lockkeeper.sql.TokenKind;
import dev.lockkeeper.sql.TokenReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds out which {@link Effect} a statement has. */
final class EffectReader {
    private static final List<Function<TokenReader, Optional<? extends Effect>>> KINDS = List.of(
            ReindexReader::read,
            EffectReader::enumValue,
            EffectReader::detachedPartition,
            CreatedDatabaseReader::read,
            EffectReader::droppedDatabase,
            EffectReader::createdTablespace,
            EffectReader::droppedTablespace);

    private EffectReader() {}

    static Effect read(SqlStatement statement) {
        return statement
                .createdIndex()
                .<Effect>map(Effect.BuildsIndex::new)
                .or(() -> unlessRepeatable(statement))
                .orElseGet(Effect.Unrecognised::new);
    }

    private static Optional<Effect> unlessRepeatable(SqlStatement statement) {
        if (RepeatRule.appliesTo(statement)) {
            return Optional.of(new Effect.Repeatable());
        }
        List<QualifiedName> dropped = statement.droppedIndexes();
        if (!dropped.isEmpty()) {
            return Optional.of(new Effect.DropsIndexes(dropped));
        }
        return KINDS.stream()
                .flatMap(kind -> Stream.<Effect>ofNullable(
                        kind.apply(new TokenReader(statement.text())).orElse(null)))
                .findFirst();
    }

    /** The label is a string constant, which may consist of several tokens. */
    private static Optional<Effect> enumValue(TokenReader tokens) {
        if (!tokens.accept("ALTER", "TYPE")) {
            return Optional.empty();
        }
        Optional<QualifiedName> type = tokens.takeName();
        if (type.isEmpty() || !tokens.accept("ADD", "VALUE") || tokens.peek().kind() != TokenKind.STRING) {
            return Optional.empty();
        }
        StringBuilder label = new StringBuilder(tokens.take().text());
        while (tokens.peek().kind() == TokenKind.STRING || tokens.peek().is("UESCAPE")) {
            label.append('\n').append(tokens.take().text());
        }
        return Optional.of(new Effect.AddsEnumValue(type.get(), label.toString()));
    }

    private static Optional<Effect> detachedPartition(TokenReader tokens) {
        if (!tokens.accept("ALTER", "TABLE")) {
            return Optional.empty();
        }
        tokens.accept("IF", "EXISTS");
        tokens.accept("ONLY");
        Optional<QualifiedName> table = tokens.takeName();
        tokens.accept('*');
        return table.isPresent() && tokens.accept("DETACH", "PARTITION")
                ? tokens.takeName().map(partition -> new Effect.DetachesPartition(table.get(), partition))
                : Optional.empty();
    }

    private static Optional<Effect> droppedDatabase(TokenReader tokens) {
        return tokens.accept("DROP", "DATABASE")
                ? tokens.takeName().map(name -> new Effect.DropsDatabase(name.name()))
                : Optional.empty();
    }

    private static Optional<Effect> createdTablespace(TokenReader tokens) {
        if (!tokens.accept("CREATE", "TABLESPACE")) {
            return Optional.empty();
        }
        Optional<String> name = tokens.takeName().map(QualifiedName::name);
        Optional<String> owner = tokens.accept("OWNER") ? tokens.takeName().map(QualifiedName::name) : Optional.empty();
        return name.isPresent() && tokens.accept("LOCATION") && tokens.peek().kind() == TokenKind.STRING
                ? Optional.of(new Effect.CreatesTablespace(
                        name.get(), owner, tokens.take().text()))
                : Optional.empty();
    }

    private static Optional<Effect> droppedTablespace(TokenReader tokens) {
        return tokens.accept("DROP", "TABLESPACE")
                ? tokens.takeName().map(name -> new Effect.DropsTablespace(name.name()))
                : Optional.empty();
    }
}
