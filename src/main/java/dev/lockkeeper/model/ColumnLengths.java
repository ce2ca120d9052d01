package dev.lockkeeper.model;

import java.util.Map;
import java.util.Optional;

/**
 * How many characters the columns of the history table hold.
 *
 * @param limits by column name in lower case; a column without one holds any text
 */
public record ColumnLengths(Map<String, Integer> limits) {
    private static final int LIQUIBASES = 255;

    /** Those of the table that Liquibase creates. */
    public static final ColumnLengths OF_A_NEW_TABLE = new ColumnLengths(Map.of(
            "id", LIQUIBASES,
            "author", LIQUIBASES,
            "filename", LIQUIBASES,
            "contexts", LIQUIBASES,
            "labels", LIQUIBASES,
            "tag", LIQUIBASES,
            "description", LIQUIBASES,
            "comments", LIQUIBASES));

    public ColumnLengths {
        limits = Map.copyOf(limits);
    }

    /** What a text has too many characters for. */
    public Optional<TooLong> tooLong(String column, String text) {
        int characters = text.codePointCount(0, text.length());
        return Optional.ofNullable(limits.get(column))
                .filter(limit -> characters > limit)
                .map(limit -> new TooLong(column, characters, limit));
    }

    /** A text that a column can't hold. */
    public record TooLong(String column, int characters, int limit) {
        /** How long it is and may be; the subject and its verb go before. */
        public String sentence() {
            return characters + " characters, and column " + column + " of the history table holds " + limit;
        }
    }
}
