package dev.lockkeeper.differential;

import java.util.Map;

/** What no case has, each with its reason. */
final class NotCovered {
    private static final String ANOTHER_DATABASE = "only another database has it; Liquibase refuses it on PostgreSQL";
    private static final String REFUSED = "Liquibase writes SQL that PostgreSQL refuses";
    private static final String INTERNAL = "set by Liquibase's parser of formatted SQL, not by people";

    /** Change types and their parameters, as {@code change.parameter}; a star stands for every change type. */
    static final Map<String, String> CHANGES = Map.ofEntries(
            Map.entry("*.catalogName", "PostgreSQL only accepts the database's own name, in which the two differ"),
            Map.entry("*.baseTableCatalogName", "as catalogName"),
            Map.entry("*.referencedTableCatalogName", "as catalogName"),
            Map.entry("*.existingTableCatalogName", "as catalogName"),
            Map.entry("*.newTableCatalogName", "as catalogName"),
            Map.entry("*.forIndexCatalogName", "as catalogName"),
            Map.entry("*.forIndexName", REFUSED + ": the index with its schema"),
            Map.entry("*.forIndexSchemaName", REFUSED + ": the index with its schema"),
            Map.entry("alterSequence.ordered", REFUSED + ": ORDER"),
            Map.entry("createSequence.ordered", ANOTHER_DATABASE),
            Map.entry("createTable.rowDependencies", ANOTHER_DATABASE),
            Map.entry("createTable.partitionBy", "new in Liquibase 5"),
            Map.entry("addUniqueConstraint.clustered", ANOTHER_DATABASE),
            Map.entry("dropUniqueConstraint.uniqueColumns", ANOTHER_DATABASE),
            Map.entry("sql.sqlStartLine", INTERNAL),
            Map.entry("sql.sqlEndLine", INTERNAL),
            Map.entry("sql.ignoreOriginalSplitStatements", INTERNAL),
            Map.entry("sqlFile.ignoreOriginalSplitStatements", INTERNAL));

    /** Attributes and fields of a change set. */
    static final Map<String, String> CHANGE_SET = Map.of(
            "runWith", "needs a native executor, which we refuse",
            "runWithSpoolFile", "as runWith",
            "preconditions", "the field; people write preConditions");

    private NotCovered() {}

    static boolean has(String change, String parameter) {
        return CHANGES.containsKey(change)
                || CHANGES.containsKey(change + "." + parameter)
                || CHANGES.containsKey("*." + parameter);
    }
}
