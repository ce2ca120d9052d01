package dev.lockkeeper.postgres.history;

import dev.lockkeeper.model.ColumnLengths;
import dev.lockkeeper.postgres.Query;
import dev.lockkeeper.postgres.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of a history table that exists. An old one may lack some, or have narrower ones; Liquibase adapts it before it
 * records anything.
 *
 * @param lengths how many characters each column holds; empty if there is no limit
 * @param owner the role that owns the table
 * @param ours whether our role may alter it
 */
public record HistoryColumns(Map<String, Optional<Integer>> lengths, String owner, boolean ours) {
    private static final int USUAL = 255;
    private static final int CHECKSUM = 35;
    private static final int VERSION = 20;
    private static final int SHORT = 10;

    /** The length stands behind four bytes of a header, and for a domain with the domain. */
    private static final String ASK = """
            SELECT a.attname AS name, pg_get_userbyid(c.relowner) AS owner, pg_has_role(c.relowner, 'USAGE') AS ours,
                   CASE WHEN coalesce(nullif(t.typbasetype, 0), t.oid) IN ('varchar'::regtype, 'bpchar'::regtype)
                        THEN nullif(greatest(a.atttypmod, t.typtypmod), -1) - 4 END AS length
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_type t ON t.oid = a.atttypid
            WHERE c.oid = to_regclass(quote_ident(?) || '.' || quote_ident(?))""";

    /** A column with what a query tells of it. */
    private record Column(String name, Optional<Integer> length, String owner, boolean ours) {
        static Column of(Row row) throws SQLException {
            return new Column(row.text("name"), row.optionalNumber("length"), row.text("owner"), row.flag("ours"));
        }
    }

    public HistoryColumns {
        lengths = Map.copyOf(lengths);
    }

    /** Reads them; empty if the table doesn't exist yet. */
    static Optional<HistoryColumns> read(Connection connection, String schema, String table) throws SQLException {
        List<Column> columns = Query.list(connection, ASK, Column::of, schema, table);
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Optional<Integer>> lengths = new HashMap<>();
        columns.forEach(column -> lengths.put(column.name(), column.length()));
        return Optional.of(new HistoryColumns(
                lengths, columns.get(0).owner(), columns.get(0).ours()));
    }

    /** What they hold once Liquibase has adapted the table. */
    public ColumnLengths limits() {
        Map<String, Integer> limits = new HashMap<>(ColumnLengths.OF_A_NEW_TABLE.limits());
        lengths.forEach((name, length) -> {
            if (length.isEmpty()) {
                limits.remove(name);
            } else if (name.equals("contexts") || name.equals("labels")) {
                limits.put(name, Math.max(USUAL, length.get()));
            } else {
                limits.put(name, length.get());
            }
        });
        return new ColumnLengths(limits);
    }

    /** What an ALTER TABLE has to say so that Liquibase finds the table as it needs it; nothing for a table of its own. */
    public List<String> adaptations() {
        List<String> all = new ArrayList<>();
        List.of("description", "tag", "comments").forEach(name -> addIfMissing(all, name, USUAL));
        addIfMissing(all, "liquibase", VERSION);
        List.of("contexts", "labels").forEach(name -> addIfMissing(all, name, USUAL));
        addIfMissing(all, "deployment_id", SHORT);
        widen(all, "md5sum", CHECKSUM);
        widen(all, "liquibase", VERSION);
        widen(all, "contexts", USUAL);
        widen(all, "labels", USUAL);
        return all;
    }

    /** Whether Liquibase can't adapt it, whoever owns it: it reads the length of this column before it looks whether it exists. */
    public boolean needsAHand() {
        return !lengths.containsKey("liquibase");
    }

    private void addIfMissing(List<String> all, String name, int length) {
        if (!lengths.containsKey(name)) {
            all.add("ADD COLUMN " + name + " varchar(" + length + ")");
        }
    }

    private void widen(List<String> all, String name, int length) {
        if (lengths.getOrDefault(name, Optional.empty())
                .filter(present -> present < length)
                .isPresent()) {
            all.add("ALTER COLUMN " + name + " TYPE varchar(" + length + ")");
        }
    }
}
