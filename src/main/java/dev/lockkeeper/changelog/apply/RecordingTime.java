package dev.lockkeeper.changelog.apply;

/**
 * What a history row says of when its change set ran. Liquibase writes NOW(), which is the local time of the JVM's zone, and
 * orders its history by that: a run in another zone, or with a clock that was set back, would put its rows before older ones.
 */
final class RecordingTime {
    /**
     * The server's time in UTC, or one millisecond after the newest row if that is later. {@code 'epoch'} takes the type of
     * the column, so this is right for a timestamp with time zone too. Seconds are added, because days would follow the
     * session's daylight saving time.
     */
    private static final String NOW_BUT_AFTER_THE_NEWEST = """
            (SELECT CASE WHEN newest >= utc THEN newest + interval '1 millisecond' ELSE utc END FROM \
            (SELECT max(dateexecuted) AS newest, coalesce('epoch', max(dateexecuted)) \
            + make_interval(secs => extract(epoch FROM statement_timestamp())) AS utc FROM %s) AS times)""";

    private RecordingTime() {}

    /**
     * An SQL expression for the next row.
     *
     * @param history the history table as SQL writes it
     */
    static String after(String history) {
        return NOW_BUT_AFTER_THE_NEWEST.formatted(history);
    }
}
