package dev.lockkeeper.differential;

import dev.lockkeeper.fixture.SchemaDump;
import dev.lockkeeper.harness.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Everything that a run leaves in a database, as text in which two databases can be compared. */
final class Snapshot {
    /** When it ran isn't compared; which change sets ran together is. */
    private static final String HISTORY = """
            SELECT concat_ws(' | ', orderexecuted, filename, id, author, exectype, md5sum, description,
                'comments ' || comments, 'tag ' || tag, 'contexts ' || contexts, 'labels ' || labels,
                'by ' || liquibase, 'deployment ' || dense_rank() OVER (ORDER BY first))
            FROM (SELECT *, min(orderexecuted) OVER (PARTITION BY deployment_id) AS first FROM databasechangelog) h
            ORDER BY orderexecuted, filename, id, author""";

    /** A query for each table's rows, those of Liquibase's own tables excepted. */
    private static final String TABLES = """
            SELECT format('SELECT %L || t::text FROM %s t ORDER BY t::text', c.relname || ' ', c.oid::regclass)
            FROM pg_class c WHERE c.relkind IN ('r', 'p', 'm') AND c.relnamespace::regnamespace::text = ANY (%SCHEMAS%)
                AND c.relname NOT IN ('databasechangelog', 'databasechangeloglock')
            ORDER BY c.relname""";

    private static final String SCHEMAS = "ARRAY['public', 'other']";

    /** Values of now() and of random UUIDs. */
    private static final Pattern BY_CHANCE = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Snapshot() {}

    /** Structure, rows, the values of sequences, and history. */
    static String of(TestDatabase database) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = database.connect()) {
            for (String schema : List.of("public", "other")) {
                lines.add(SchemaDump.of(connection, schema).replace(database.role(), "owner"));
            }
            lines.add("== ROWS");
            for (String query : rows(connection, TABLES.replace("%SCHEMAS%", SCHEMAS))) {
                rows(connection, query)
                        .forEach(row -> lines.add(BY_CHANCE.matcher(row).replaceAll("…")));
            }
            lines.add("== SEQUENCES' VALUES");
            lines.addAll(rows(connection, """
                    SELECT concat_ws(' | ', schemaname, sequencename, last_value) FROM pg_sequences ORDER BY 1"""));
        }
        lines.add(history(database));
        return String.join("\n", lines);
    }

    /** The history alone. */
    static String history(TestDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            boolean exists =
                    rows(connection, "SELECT to_regclass('databasechangelog')").get(0) != null;
            return "== HISTORY\n" + (exists ? String.join("\n", rows(connection, HISTORY)) : "none");
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }
}
