package dev.lockkeeper.changelog.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liquibase.Scope;
import liquibase.change.ChangeFactory;

/** Which keys have a meaning where Liquibase doesn't ask for them by name. */
final class KnownKeys {
    /** Liquibase switches on these as they are written, in a change set and again in its changes. */
    private static final Set<String> PARTS_OF_CHANGE_SET = Set.of(
            "rollback", "validCheckSum", "validCheckSums", "modifySql", "preconditions", "preConditions", "changes");

    private static final List<String> FILTERS = List.of("context", "contextFilter", "labels");

    /** What the root list may contain, and the keys of each. An empty list: they aren't looked at here. */
    private static final Map<String, List<String>> OF_ROOT = Map.of(
            "changeSet", List.of(),
            "preConditions", List.of(),
            "modifyChangeSets", List.of(),
            "include", with(FILTERS, "file", "relativeToChangelogFile", "errorIfMissing", "ignore", "logicalFilePath"),
            "includeAll",
                    with(
                            FILTERS,
                            "path",
                            "relativeToChangelogFile",
                            "errorIfMissingOrEmpty",
                            "ignore",
                            "logicalFilePath",
                            "filter",
                            "resourceFilter",
                            "resourceComparator",
                            "minDepth",
                            "maxDepth",
                            "endsWithFilter"),
            "property",
                    with(
                            FILTERS,
                            "name",
                            "value",
                            "file",
                            "dbms",
                            "global",
                            "relativeToChangelogFile",
                            "errorIfMissing"),
            "removeChangeSetProperty", List.of("change", "dbms", "remove"));

    /** Attributes of the whole changelog; changeLogId is what Liquibase's own tools have written there. */
    static final List<String> OF_CHANGELOG =
            List.of("logicalFilePath", "context", "contextFilter", "objectQuotingStrategy", "changeLogId");

    private static final String SCHEMA = "/www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd";

    private KnownKeys() {}

    private static List<String> with(List<String> some, String... more) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    /** What the list under {@code databaseChangeLog} may contain. */
    static Set<String> ofRoot() {
        return OF_ROOT.keySet();
    }

    /** The keys of something in that list; empty if they aren't known. */
    static List<String> ofRootItem(String item) {
        return OF_ROOT.getOrDefault(item, List.of());
    }

    static boolean isChange(String name) {
        return changes().contains(name);
    }

    /** What may be written in a change set's list of changes, and in the change set itself beside its attributes. */
    static Set<String> ofChanges() {
        Set<String> all = new LinkedHashSet<>(PARTS_OF_CHANGE_SET);
        all.addAll(changes());
        return all;
    }

    /** Whether it is a part of a change set that isn't an attribute. */
    static boolean isPartOfChangeSet(String name) {
        return PARTS_OF_CHANGE_SET.contains(name);
    }

    /** The parameters of a change; empty if there is no such change. */
    static Set<String> ofChange(String name) {
        return isChange(name)
                ? factory().getChangeMetaData(name).getParameters().keySet()
                : Set.of();
    }

    private static Set<String> changes() {
        return factory().getDefinedChanges();
    }

    private static ChangeFactory factory() {
        return Scope.getCurrentScope().getSingleton(ChangeFactory.class);
    }

    /** Whether the XML schema of this release of Liquibase has an attribute of that name: then the lists here are too old. */
    static boolean isInSchema(String attribute) {
        try (InputStream schema = KnownKeys.class.getResourceAsStream(SCHEMA)) {
            return schema == null
                    || new String(schema.readAllBytes(), StandardCharsets.UTF_8).contains("name=\"" + attribute + "\"");
        } catch (IOException e) {
            return true;
        }
    }
}
