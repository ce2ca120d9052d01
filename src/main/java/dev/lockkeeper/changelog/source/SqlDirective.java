package dev.lockkeeper.changelog.source;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line that Liquibase's parser of formatted SQL takes out of the SQL, by the same conditions as there, in the order in which
 * it asks.
 */
enum SqlDirective {
    PROPERTY("\\s*--\\s*property\\s+(.*:.*)\\s+(.*:.*).*"),
    IGNORE_LINES("--\\s*ignoreLines:(\\w+)"),
    CHANGE_SET("\\s*--\\s*changeset\\s+(\"[^\"]+\"|[^:]+):\\s*(\"[^\"]+\"|\\S+).*"),
    COMMENT("--\\s*comment:? (.*)"),
    VALID_CHECK_SUM("--\\s*validCheckSum:? (.*)"),
    ROLLBACK("\\s*--\\s*rollback (.*)"),
    ROLLBACK_BLOCK("\\s*/\\*\\s*liquibase\\s*rollback\\s*"),
    PRECONDITIONS("\\s*--\\s*preconditions(.*)"),
    PRECONDITION("\\s*--\\s*precondition-([a-zA-Z0-9-]+) (.*)");

    /** The first line of a file that isn't empty. */
    static final Pattern HEADER = Pattern.compile("^\\s*--\\s*liquibase\\s*formatted.*", Pattern.CASE_INSENSITIVE);

    /** Ends {@link #ROLLBACK_BLOCK}. */
    static final String BLOCK_END = "*/";

    private static final int LONGEST = 4_000;

    private final Pattern pattern;
    private final String word;

    SqlDirective(String pattern) {
        this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        this.word = name().replace("_BLOCK", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** Which directive the line is; empty for SQL and ordinary comments. */
    static Optional<SqlDirective> of(String line) {
        String start = line.stripLeading();
        if (!start.startsWith("--") && !start.startsWith("/*")) {
            return Optional.empty();
        }
        // The word decides first: most comments are none of these, and the patterns are slow on long lines.
        String text = line.length() <= LONGEST ? line : line.substring(0, LONGEST);
        String named = start.substring(2, Math.min(start.length(), LONGEST))
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        for (SqlDirective directive : values()) {
            boolean possible = directive == ROLLBACK_BLOCK ? start.startsWith("/*") : named.startsWith(directive.word);
            if (possible && directive.pattern.matcher(text).matches()) {
                return Optional.of(directive);
            }
        }
        return Optional.empty();
    }

    Pattern pattern() {
        return pattern;
    }
}
