package dev.lockkeeper.changelog.source;

import dev.lockkeeper.changelog.ChangeSets;
import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.ChangelogFiles;
import dev.lockkeeper.changelog.LiquibaseScope;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.Unread;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.Database;
import liquibase.util.StreamUtil;

/** Everything in a changelog's files that Liquibase doesn't read, though it was written to be read. */
public final class UnreadText {
    private static final String PLAIN_AUTHOR = "includeAll";

    private static final List<String> YAML = List.of(".yaml", ".yml", ".json");

    private final ChangelogFiles files;
    private final DatabaseChangeLog root;
    private final Database database;
    private final Set<String> shapes = new HashSet<>();
    private final Map<String, List<ChangeSet>> byFile = new HashMap<>();
    private final Set<String> contents;

    private UnreadText(Changelog changelog) {
        this.files = changelog.files();
        this.root = changelog.parsed();
        this.database = changelog.database();
        List<ChangeSet> all = changelog.parsed().getChangeSets();
        all.forEach(changeSet -> byFile.computeIfAbsent(file(changeSet), name -> new ArrayList<>())
                .add(changeSet));
        this.contents = all.stream()
                .flatMap(changeSet ->
                        Stream.concat(changeSet.getChanges().stream(), changeSet.getRollback().getChanges().stream()))
                .flatMap(change -> ChangeFile.of(change).stream())
                .map(file -> fileName(file.path()))
                .collect(Collectors.toSet());
    }

    /** Reads the files again, by lines. */
    public static List<Unread> of(Changelog changelog) throws Failure {
        try {
            return LiquibaseScope.call(
                    changelog.files(), changelog.database(), () -> new UnreadText(changelog).unread());
        } catch (Exception e) {
            throw new Failure(new Outcome.Defect("reading the changelog's text: " + e), e);
        }
    }

    private List<Unread> unread() {
        List<Unread> unread = new ArrayList<>();
        for (String name : files.read()) {
            try {
                unread.addAll(unread(name, byFile.getOrDefault(DatabaseChangeLog.normalizePath(name), List.of())));
            } catch (Exception e) {
                // Liquibase has read it: that we can't is no reason to keep anybody from migrating.
                unread.add(Finding.doubtful("what Liquibase doesn't read of this file can't be told: " + e)
                        .at(name, 1, Optional.empty()));
            }
        }
        return unread;
    }

    private List<Unread> unread(String name, List<ChangeSet> changeSets) throws Exception {
        String lower = name.toLowerCase(Locale.ROOT);
        if (YAML.stream().anyMatch(lower::endsWith)) {
            return yaml(name, changeSets);
        }
        boolean content = changeSets.isEmpty() && contents.contains(fileName(name));
        return lower.endsWith(".sql") && !content ? sql(name, changeSets) : List.of();
    }

    private List<Unread> sql(String name, List<ChangeSet> changeSets) throws IOException {
        Optional<ChangeSetId> plain = changeSets.stream()
                .filter(changeSet -> PLAIN_AUTHOR.equals(changeSet.getAuthor()))
                .map(ChangeSets::id)
                .filter(id -> id.id().startsWith("raw"))
                .findFirst();
        try (BufferedReader text = new BufferedReader(StreamUtil.readStreamWithReader(files.open(name), null))) {
            return plain.isPresent()
                    ? PlainSql.unread(text, name, plain)
                    : SqlChangelog.unread(text, new FileChangeSets(name, changeSets, database));
        }
    }

    private List<Unread> yaml(String name, List<ChangeSet> changeSets) throws Exception {
        DatabaseChangeLog of = changeSets.isEmpty() ? root : changeSets.get(0).getChangeLog();
        try (BufferedReader text = new BufferedReader(StreamUtil.readStreamWithReader(files.open(name), null))) {
            return YamlChangelog.unread(text, new FileChangeSets(name, changeSets, database), of, files, shapes);
        }
    }

    private static String file(ChangeSet changeSet) {
        DatabaseChangeLog changelog = changeSet.getChangeLog();
        return DatabaseChangeLog.normalizePath(changelog == null ? "" : changelog.getPhysicalFilePath());
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
