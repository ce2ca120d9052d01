package dev.lockkeeper.changelog.parse;

import dev.lockkeeper.changelog.ChangeSetSql;
import dev.lockkeeper.changelog.ChangeSets;
import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.ChangelogFiles;
import dev.lockkeeper.changelog.Choice;
import dev.lockkeeper.changelog.CommentOptions;
import dev.lockkeeper.changelog.LiquibaseScope;
import dev.lockkeeper.changelog.ParseProblem;
import dev.lockkeeper.settings.ChangelogSettings;
import dev.lockkeeper.sql.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import liquibase.LabelExpression;
import liquibase.Labels;
import liquibase.change.AbstractSQLChange;
import liquibase.change.Change;
import liquibase.change.core.LoadDataChange;
import liquibase.change.core.SQLFileChange;
import liquibase.changelog.ChangeSet;
import liquibase.database.Database;
import liquibase.exception.SetupException;
import liquibase.exception.ValidationErrors;

/** What makes a parsed changelog unusable, found without a database. */
public final class ChangelogChecks {
    private ChangelogChecks() {}

    static List<String> problems(Changelog changelog) throws Exception {
        Database database = changelog.database();
        return LiquibaseScope.call(changelog.files(), database, () -> {
            List<String> problems = new ArrayList<>();
            problems.addAll(badChoice(changelog, database));
            changelog
                    .parsed()
                    .getChangeSets()
                    .forEach(changeSet -> invalidComment(changeSet, database).ifPresent(problems::add));
            problems.addAll(notUtf8(changelog));
            return problems;
        });
    }

    /** Liquibase validates only the chosen change sets. */
    private static List<String> badChoice(Changelog changelog, Database database) {
        List<String> problems = new ArrayList<>(DuplicateIds.certain(changelog));
        Choice choice = Choice.of(changelog.settings(), database);
        for (ChangeSet changeSet : changelog.parsed().getChangeSets()) {
            if (choice.validates(changeSet)) {
                problems.addAll(invalidChanges(changeSet, changelog.files(), database));
            }
        }
        return problems;
    }

    /** Contexts and labels of the run that can't be read. Liquibase reads them only when a change set is about to run. */
    static List<String> badExpressions(ChangelogSettings settings) {
        List<String> problems = new ArrayList<>();
        if (settings.contexts().matches(".*[()].*")) {
            problems.add("LOCKKEEPER_CONTEXTS can't be understood: \"" + settings.contexts()
                    + "\" has a parenthesis, and it is a list of contexts; an expression belongs in a change set");
        }
        try {
            new LabelExpression(settings.labels()).matches(new Labels("any"));
        } catch (RuntimeException e) {
            problems.add("LOCKKEEPER_LABELS can't be understood: \"" + settings.labels() + "\"");
        }
        return problems;
    }

    private static Optional<String> invalidComment(ChangeSet changeSet, Database database) {
        try {
            boolean batched = CommentOptions.parse(changeSet.getComments(), changeSet.isRunInTransaction())
                    .batched();
            return batched && !changesRowsByOneStatement(changeSet, database)
                    ? Optional.of("change set " + ChangeSets.id(changeSet)
                            + ": its comment says batched, which needs exactly one change with one statement that says"
                            + " how many rows it changed: INSERT, UPDATE, DELETE or MERGE, without RETURNING and without"
                            + " another of these in its WITH part")
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("change set " + ChangeSets.id(changeSet) + ": " + e.getMessage());
        }
    }

    private static boolean changesRowsByOneStatement(ChangeSet changeSet, Database database) {
        ChangeSetSql sql = ChangeSetSql.outline(changeSet, database);
        return sql.unknown() == 0
                && sql.statements().size() == 1
                && countable(sql.statements().get(0));
    }

    private static boolean countable(SqlStatement statement) {
        return statement.changesRows() && !statement.changesRowsInWith() && !statement.returnsRows();
    }

    private static List<String> invalidChanges(ChangeSet changeSet, ChangelogFiles files, Database database) {
        List<String> problems = new ArrayList<>();
        for (Change change : changeSet.getChanges()) {
            Optional<String> missing = MissingFiles.of(change, files);
            if (missing.isPresent()) {
                problems.add("change set " + ChangeSets.id(changeSet) + ": there is no file " + missing.get());
                continue;
            }
            Optional<String> missingClass = change instanceof CustomChange custom ? custom.missing() : Optional.empty();
            if (missingClass.isPresent()) {
                problems.add("change set " + ChangeSets.id(changeSet) + ": class " + missingClass.get()
                        + " isn't on the class path: put the jar that has it, and the jars it needs, into /extensions"
                        + " (or next to lockkeeper.jar)");
                continue;
            }
            try {
                change.finishInitialization();
                ValidationErrors errors = change.validate(database);
                errors.getErrorMessages()
                        .forEach(error -> problems.add("change set " + ChangeSets.id(changeSet) + ": " + error));
            } catch (SetupException e) {
                problems.add("change set " + ChangeSets.id(changeSet) + ": " + ParseProblem.sentence(e));
            } catch (RuntimeException e) {
                // Some changes can only be validated with a connection; Liquibase does that before it runs anything.
            }
        }
        return changeSet.getOnValidationFail() == ChangeSet.ValidationFailOption.MARK_RAN ? List.of() : problems;
    }

    private static List<String> notUtf8(Changelog changelog) {
        Set<String> otherwise = new TreeSet<>();
        changelog
                .parsed()
                .getChangeSets()
                .forEach(changeSet -> changeSet.getChanges().forEach(change -> declaresEncoding(change, otherwise)));
        List<String> problems = new ArrayList<>();
        changelog.files().notUtf8().forEach((name, line) -> {
            boolean xml = name.toLowerCase(Locale.ROOT).endsWith(".xml");
            if (!xml && otherwise.stream().noneMatch(name::endsWith)) {
                problems.add(name + " isn't UTF-8 (line " + line + "): convert it, or name its encoding");
            }
        });
        changelog.files().withNul().forEach((name, line) -> {
            if (otherwise.stream().noneMatch(name::endsWith)) {
                problems.add(
                        name + " has a NUL byte (line " + line + "), which PostgreSQL takes in no text: remove it");
            }
        });
        return problems;
    }

    private static void declaresEncoding(Change change, Set<String> otherwise) {
        if (change instanceof SQLFileChange sql && sql.getEncoding() != null && sql.getPath() != null) {
            otherwise.add(fileName(sql.getPath()));
        } else if (change instanceof LoadDataChange load && load.getEncoding() != null && load.getFile() != null) {
            otherwise.add(fileName(load.getFile()));
        } else if (change instanceof AbstractSQLChange sql) {
            ChangeSetSql.text(sql);
        }
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
