package dev.lockkeeper.sql.outside;

import dev.lockkeeper.model.QualifiedName;
import dev.lockkeeper.sql.CreatedIndex;
import dev.lockkeeper.sql.SqlStatement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a statement leaves in the database, as far as a run needs to know that meets it again after an interruption. Names are
 * as the catalog has them.
 */
public sealed interface Effect {

    /** Whether it was carried out can be seen in the catalog. */
    sealed interface Recognisable extends Effect {}

    /** CREATE INDEX with a name, CONCURRENTLY or not. */
    record BuildsIndex(CreatedIndex index) implements Recognisable {}

    /** DROP INDEX, CONCURRENTLY or not. */
    record DropsIndexes(List<QualifiedName> indexes) implements Recognisable {
        public DropsIndexes {
            indexes = List.copyOf(indexes);
        }
    }

    /**
     * REINDEX CONCURRENTLY, which leaves INVALID copies of indexes if it is cut short.
     *
     * @param name the index, table or schema; empty for the whole database
     */
    record Reindexes(Reach reach, Optional<QualifiedName> name) implements Recognisable {}

    /** What REINDEX goes through. */
    enum Reach {
        INDEX,
        TABLE,
        SCHEMA,
        DATABASE
    }

    /**
     * ALTER TYPE … ADD VALUE.
     *
     * @param label the string constant as written, which the server reads better than we do
     */
    record AddsEnumValue(QualifiedName type, String label) implements Recognisable {}

    /** ALTER TABLE … DETACH PARTITION, with CONCURRENTLY, FINALIZE or neither. */
    record DetachesPartition(QualifiedName table, QualifiedName partition) implements Recognisable {}

    /**
     * CREATE DATABASE with options that an existing database can be compared by.
     *
     * @param options by their names in capitals; each value is a string constant
     */
    record CreatesDatabase(String name, Map<String, String> options) implements Recognisable {
        public CreatesDatabase {
            options = Map.copyOf(options);
        }
    }

    /** DROP DATABASE. */
    record DropsDatabase(String name) implements Recognisable {}

    /**
     * CREATE TABLESPACE.
     *
     * @param owner empty for the user who creates it
     * @param location the folder, as a string constant
     */
    record CreatesTablespace(String name, Optional<String> owner, String location) implements Recognisable {}

    /** DROP TABLESPACE. */
    record DropsTablespace(String name) implements Recognisable {}

    /** Done again, it does no harm: VACUUM, REFRESH, ALTER SYSTEM, and whatever says IF [NOT] EXISTS. */
    record Repeatable() implements Effect {}

    /** Whether it was carried out can't be seen afterwards, or we don't know how. */
    record Unrecognised() implements Effect {}

    /** The effect of a statement. */
    static Effect of(SqlStatement statement) {
        return EffectReader.read(statement);
    }
}
