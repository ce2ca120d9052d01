package dev.lockkeeper.changelog.source;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Unread;
import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.parser.core.ParsedNodeException;
import liquibase.precondition.core.PreconditionContainer;
import liquibase.resource.ResourceAccessor;

/** Goes over a changelog in YAML or JSON and notes the keys that Liquibase doesn't read. */
final class YamlChangelog {
    private static final String ROOT = "databaseChangeLog";
    private static final Set<String> ONLY_INSIDE = Set.of("changeSet", "include", "includeAll", "property");

    private final FileChangeSets changeSets;
    private final DatabaseChangeLog changelog;
    private final ResourceAccessor files;
    private final Set<String> known;
    private final List<Unread> unread = new ArrayList<>();

    private YamlChangelog(
            FileChangeSets changeSets, DatabaseChangeLog changelog, ResourceAccessor files, Set<String> known) {
        this.known = known;
        this.changeSets = changeSets;
        this.changelog = changelog;
        this.files = files;
    }

    /**
     * Loads each change set once more, to see what is read of it.
     *
     * @param changelog what Liquibase made of the file
     * @param known shapes of change sets of which everything is read; they aren't loaded again
     */
    static List<Unread> unread(
            BufferedReader text,
            FileChangeSets changeSets,
            DatabaseChangeLog changelog,
            ResourceAccessor files,
            Set<String> known)
            throws ParsedNodeException {
        YamlChangelog yaml = new YamlChangelog(changeSets, changelog, files, known);
        YamlTree.read(text, changeSets::expanded).ifPresent(yaml::read);
        return List.copyOf(yaml.unread);
    }

    private void read(ReadNode file) {
        keys(Optional.empty()).repeated(file);
        for (ReadNode key : file.nodes()) {
            if (key.getName().equals(ROOT)) {
                readItems(key);
            } else if (ONLY_INSIDE.contains(key.getName())) {
                add(
                        key.line(),
                        Finding.lost("\"" + key.getName() + "\" isn't read beside " + ROOT + ": indent it under it"));
            }
        }
    }

    private void readItems(ReadNode list) {
        for (ReadNode.Repeated one : list.repeated()) {
            Optional<ChangeSetId> last = list.nodes().stream()
                    .filter(node -> node.line() == one.lastLine())
                    .findFirst()
                    .flatMap(this::id);
            keys(last).repeated(one);
        }
        list.nodes().forEach(this::readItem);
    }

    private void readItem(ReadNode item) {
        String name = item.getName();
        switch (name) {
            case "changeSet" -> readChangeSet(item);
            case "preConditions" -> readPreconditions(item);
            case "modifyChangeSets" ->
                item.nodes().stream()
                        .filter(node -> KnownKeys.ofRoot().contains(node.getName()))
                        .forEach(this::readItem);
            default -> {
                if (KnownKeys.ofRoot().contains(name)) {
                    listed(item, KnownKeys.ofRootItem(name));
                } else if (KnownKeys.OF_CHANGELOG.stream().noneMatch(name::equalsIgnoreCase) && !item.isMerged()) {
                    List<String> known = new ArrayList<>(KnownKeys.OF_CHANGELOG);
                    known.addAll(KnownKeys.ofRoot());
                    unknown(item, ROOT, known);
                }
            }
        }
    }

    private void listed(ReadNode item, List<String> known) {
        keys(Optional.empty()).repeated(item);
        for (ReadNode key : item.nodes()) {
            boolean read = known.stream().anyMatch(key.getName()::equalsIgnoreCase);
            if (!read && !key.isMerged() && !KnownKeys.isInSchema(key.getName())) {
                unknown(key, item.getName(), known);
            }
        }
    }

    private void unknown(ReadNode key, String in, List<String> known) {
        Optional<String> meant = Words.nearest(key.getName(), known);
        String what = "\"" + key.getName() + "\" isn't a key that Liquibase reads in " + in;
        boolean note = meant.isEmpty() && (Words.isNote(key.getName()) || key.isEmpty());
        add(
                key.line(),
                note
                        ? Finding.doubtful(what)
                        : meant.map(one -> Finding.lost(what, one)).orElseGet(() -> Finding.lost(what)));
    }

    private void readChangeSet(ReadNode node) {
        String shape = node.shape();
        if (known.contains(shape)) {
            return;
        }
        Optional<ChangeSetId> id = id(node);
        ChangeSet again = new ChangeSet(changelog);
        try {
            again.load(node, files);
        } catch (ParsedNodeException | RuntimeException | LinkageError e) {
            // It was parsed before, so what is wrong is our second reading: then only what is certain is said.
            keys(id).repeated(node);
            return;
        }
        if (changeSets.isForPostgres(again) && !again.isIgnore()) {
            int before = unread.size();
            keys(id).examineChangeSet(node);
            if (unread.size() == before) {
                known.add(shape);
            }
        }
    }

    private void readPreconditions(ReadNode node) {
        try {
            new PreconditionContainer().load(node, files);
            keys(Optional.empty()).examine(node);
        } catch (ParsedNodeException | RuntimeException | LinkageError e) {
            keys(Optional.empty()).repeated(node);
        }
    }

    private Optional<ChangeSetId> id(ReadNode node) {
        return changeSets.find(content(node, "author"), content(node, "id"));
    }

    private static String content(ReadNode node, String name) {
        return node.nodes().stream()
                .filter(child -> child.getName().equalsIgnoreCase(name))
                .map(child -> String.valueOf(child.content()))
                .findFirst()
                .orElse("");
    }

    private ChangeSetKeys keys(Optional<ChangeSetId> changeSet) {
        return new ChangeSetKeys((line, finding) -> unread.add(finding.at(changeSets.file(), line, changeSet)));
    }

    private void add(int line, Finding finding) {
        unread.add(finding.at(changeSets.file(), line, Optional.empty()));
    }
}
