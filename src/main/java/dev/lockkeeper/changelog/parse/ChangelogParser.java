package dev.lockkeeper.changelog.parse;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.ChangelogFiles;
import dev.lockkeeper.changelog.FrozenConfiguration;
import dev.lockkeeper.changelog.LiquibaseScope;
import dev.lockkeeper.changelog.ParseProblem;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.SchemaNames;
import dev.lockkeeper.settings.ChangelogSettings;
import java.sql.Connection;
import java.util.List;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.ChangeLogParseException;
import liquibase.parser.ChangeLogParser;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.parser.core.xml.XMLChangeLogSAXParser;

/** Reads a changelog, so that its errors are found before anything is touched. */
public final class ChangelogParser {
    private static final String WHAT_NOW = "Fix the changelog and run again; validate checks it without a database.";

    private ChangelogParser() {}

    /**
     * Parses without a connection.
     *
     * @throws Failure if the changelog can't be used; names file and line if the parser knows them
     */
    public static Changelog parse(ChangelogSettings settings) throws Failure {
        return parse(settings, new PostgresDatabase());
    }

    /**
     * Parses with a connection, which gives the <code>${database.…}</code> parameters their values; creates nothing.
     *
     * @throws Failure if the changelog can't be used
     */
    public static Changelog parse(ChangelogSettings settings, SchemaNames schemas, Connection connection)
            throws Failure {
        PostgresDatabase database = new PostgresDatabase();
        database.setDefaultSchemaName(schemas.defaultSchema());
        database.setLiquibaseSchemaName(schemas.historySchema());
        database.setConnection(new JdbcConnection(connection));
        database.setDatabaseChangeLogTableName(settings.historyTable());
        return parse(settings, database);
    }

    private static Changelog parse(ChangelogSettings settings, Database database) throws Failure {
        FrozenConfiguration.install(settings.liquibase());
        try {
            ChangelogFiles files = new ChangelogFiles(settings.location().root());
            List<String> badExpressions = LiquibaseScope.call(files, () -> ChangelogChecks.badExpressions(settings));
            if (!badExpressions.isEmpty()) {
                throw new Failure(new Refused.BadInput(badExpressions, "Correct the setting and run again."));
            }
            Changelog changelog = LiquibaseScope.call(files, () -> read(settings, files, database));
            List<String> problems = ChangelogChecks.problems(changelog);
            if (!problems.isEmpty()) {
                throw new Failure(new Refused.BadInput(problems, WHAT_NOW));
            }
            return changelog;
        } catch (Failure e) {
            throw e;
        } catch (Exception e) {
            throw new Failure(new Refused.BadInput(List.of(ParseProblem.sentence(e)), WHAT_NOW), e);
        }
    }

    private static Changelog read(ChangelogSettings settings, ChangelogFiles files, Database database)
            throws Exception {
        try {
            return new Changelog(settings, files, parsed(settings, files, database));
        } catch (ChangeLogParseException e) {
            // The one problem of formatted SQL that Liquibase reports with a line and without the file, which it just
            // read.
            if (ParseProblem.sentence(e).contains("Duplicate formatted SQL header")) {
                throw new ChangeLogParseException(files.last() + ": " + ParseProblem.sentence(e), e);
            }
            throw e;
        }
    }

    private static DatabaseChangeLog parsed(ChangelogSettings settings, ChangelogFiles files, Database database)
            throws Exception {
        String file = settings.location().file();
        ChangeLogParser parser = ChangeLogParserFactory.getInstance().getParser(file, files);
        if (parser instanceof XMLChangeLogSAXParser xml) {
            xml.setShouldWarnOnMismatchedXsdVersion(false);
        }
        return parser.parse(file, parameters(settings, database), files);
    }

    private static ChangeLogParameters parameters(ChangelogSettings settings, Database database) {
        ChangeLogParameters parameters = new ChangeLogParameters(database);
        parameters.addJavaProperties();
        parameters.setContexts(new Contexts(settings.contexts()));
        parameters.setLabels(new LabelExpression(settings.labels()));
        settings.parameters().forEach(parameters::set);
        return parameters;
    }
}
