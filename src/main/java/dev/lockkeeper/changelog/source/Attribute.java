package dev.lockkeeper.changelog.source;

import static liquibase.parser.AbstractFormattedChangeLogParser.CONTEXT_FILTER_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.CONTEXT_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.DBMS_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.END_DELIMITER_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.FAIL_ON_ERROR_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.IGNORE_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.LABELS_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.LOGICAL_FILE_PATH_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.ON_ERROR_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.ON_FAIL_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.ROLLBACK_END_DELIMITER_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.ROLLBACK_SPLIT_STATEMENTS_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.RUN_ALWAYS_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.RUN_IN_TRANSACTION_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.RUN_ON_CHANGE_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.RUN_WITH_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.RUN_WITH_SPOOL_FILE_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.SPLIT_STATEMENTS_PATTERN;
import static liquibase.parser.AbstractFormattedChangeLogParser.STRIP_COMMENTS_PATTERN;

import java.util.List;
import java.util.regex.Pattern;

/**
 * An attribute of a line of formatted SQL, and the pattern by which Liquibase finds its value anywhere in the line.
 *
 * @param name as Liquibase's documentation spells it
 */
record Attribute(String name, Kind kind, Pattern pattern) {

    /** What Liquibase takes for the value. */
    enum Kind {
        /** A word; anything but true is false. */
        TRUTH,
        /** An expression or list, to the next space unless it is in quotes. */
        LIST,
        /** Names separated by commas, never in quotes. */
        NAMES,
        /** Anything else to the next space. */
        WORD
    }

    static final List<Attribute> OF_CHANGE_SET = List.of(
            new Attribute("runOnChange", Kind.TRUTH, RUN_ON_CHANGE_PATTERN),
            new Attribute("runAlways", Kind.TRUTH, RUN_ALWAYS_PATTERN),
            new Attribute("runInTransaction", Kind.TRUTH, RUN_IN_TRANSACTION_PATTERN),
            new Attribute("failOnError", Kind.TRUTH, FAIL_ON_ERROR_PATTERN),
            new Attribute("splitStatements", Kind.TRUTH, SPLIT_STATEMENTS_PATTERN),
            new Attribute("rollbackSplitStatements", Kind.TRUTH, ROLLBACK_SPLIT_STATEMENTS_PATTERN),
            new Attribute("stripComments", Kind.TRUTH, STRIP_COMMENTS_PATTERN),
            new Attribute("ignore", Kind.TRUTH, IGNORE_PATTERN),
            new Attribute("context", Kind.LIST, CONTEXT_PATTERN),
            new Attribute("contextFilter", Kind.LIST, CONTEXT_FILTER_PATTERN),
            new Attribute("labels", Kind.LIST, LABELS_PATTERN),
            new Attribute("dbms", Kind.NAMES, DBMS_PATTERN),
            new Attribute("endDelimiter", Kind.WORD, END_DELIMITER_PATTERN),
            new Attribute("rollbackEndDelimiter", Kind.WORD, ROLLBACK_END_DELIMITER_PATTERN),
            new Attribute("logicalFilePath", Kind.WORD, LOGICAL_FILE_PATH_PATTERN),
            new Attribute("runWith", Kind.WORD, RUN_WITH_PATTERN),
            new Attribute("runWithSpoolFile", Kind.WORD, RUN_WITH_SPOOL_FILE_PATTERN));

    /** Messages aren't read by every release of Liquibase, but they change nothing that happens to the schema. */
    static final List<Attribute> OF_PRECONDITIONS = List.of(
            new Attribute("onFail", Kind.WORD, ON_FAIL_PATTERN),
            new Attribute("onError", Kind.WORD, ON_ERROR_PATTERN),
            new Attribute("onSqlOutput", Kind.WORD, pattern("onSqlOutput:(\\w+)")),
            new Attribute("onUpdateSQL", Kind.WORD, pattern("onUpdateSQL:(\\w+)")),
            new Attribute("onFailMessage", Kind.WORD, pattern("onFailMessage:(\"[^\"]*\"|'[^']*'|\\S+)")),
            new Attribute("onErrorMessage", Kind.WORD, pattern("onErrorMessage:(\"[^\"]*\"|'[^']*'|\\S+)")));

    private static final List<String> CHOOSING = List.of("context", "contextFilter", "labels", "dbms", "ignore");

    private static Pattern pattern(String middle) {
        return Pattern.compile(".*" + middle + ".*", Pattern.CASE_INSENSITIVE);
    }

    /** Whether an attribute of this name decides if the change set runs. */
    static boolean chooses(String name) {
        return CHOOSING.contains(name);
    }
}
