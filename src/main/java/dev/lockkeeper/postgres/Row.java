package dev.lockkeeper.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The current row of a {@link Query}; only valid while its reader runs. Columns are asked for by name. The methods that
 * don't return an Optional are for columns that are never NULL.
 */
public final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    /** Text, or the text form of any other type. */
    public String text(String column) throws SQLException {
        return result.getString(column);
    }

    /** Text, empty for NULL. */
    public Optional<String> optionalText(String column) throws SQLException {
        return Optional.ofNullable(result.getString(column));
    }

    /** An int4, or an int8 that fits. */
    public int number(String column) throws SQLException {
        return result.getInt(column);
    }

    /** A number of at most an int's size, empty for NULL. */
    public Optional<Integer> optionalNumber(String column) throws SQLException {
        int value = result.getInt(column);
        return result.wasNull() ? Optional.empty() : Optional.of(value);
    }

    /** A number with fractions, empty for NULL. */
    public Optional<Double> optionalFraction(String column) throws SQLException {
        double value = result.getDouble(column);
        return result.wasNull() ? Optional.empty() : Optional.of(value);
    }

    /** A boolean. */
    public boolean flag(String column) throws SQLException {
        return result.getBoolean(column);
    }

    /** A number of milliseconds, empty for NULL; a negative number, from a clock that was set back, counts as zero. */
    public Optional<Duration> optionalMillis(String column) throws SQLException {
        long value = result.getLong(column);
        return result.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(Math.max(0, value)));
    }

    /** A timestamp without time zone, empty for NULL. */
    public Optional<LocalDateTime> optionalTimestamp(String column) throws SQLException {
        Timestamp value = result.getTimestamp(column);
        return value == null ? Optional.empty() : Optional.of(value.toLocalDateTime());
    }
}
