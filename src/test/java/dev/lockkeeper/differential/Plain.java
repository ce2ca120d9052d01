package dev.lockkeeper.differential;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What plain Liquibase can be asked to do. Types of this interface are known on both sides of {@link PlainLoader}. */
public interface Plain {
    /** A changelog and how to run it; the root file is relative to the folder. */
    record Request(Path folder, String root, String contexts, String labels, Map<String, String> parameters) {}

    /**
     * Applies what is pending.
     *
     * @throws Exception as Liquibase has it
     */
    void update(Request request, Connection connection) throws Exception;

    /** Stands behind a pending change set that is recorded and runs always. */
    String AGAIN = " (again)";

    /** Stands behind a pending change set whose changes are all for other databases. It never gets recorded. */
    String NOTHING_TO_DO = " (nothing to do)";

    /** What an update would run, in its order: {@code filename::id::author}. Creates the history's tables. */
    List<String> pending(Request request, Connection connection) throws Exception;

    /** The names of everything that a changelog can have, so that a test can tell what it doesn't cover. */
    Vocabulary vocabulary();

    /**
     * What Liquibase can read.
     *
     * @param changes change types with their parameters
     * @param preconditions their names
     * @param changeSet fields of a change set
     * @param parsers classes that read a changelog, a format each
     */
    record Vocabulary(
            Map<String, Set<String>> changes, Set<String> preconditions, Set<String> changeSet, Set<String> parsers) {}
}
