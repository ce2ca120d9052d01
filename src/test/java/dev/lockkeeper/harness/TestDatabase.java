package dev.lockkeeper.harness;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own for one test, owned by an ordinary role. */
public final class TestDatabase implements AutoCloseable {
    /** What breaks URLs and quoting elsewhere. */
    public static final String PASSWORD = "s3cr:t/p@ss w%rd?#\"'$";

    /** How long a test's database and changelog stay after the test: {@code -Dkeep.seconds=600}. */
    private static final long KEEP_SECONDS = Long.getLong("keep.seconds", 0);

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final PostgresServer server = PostgresServer.shared();
    private final String name = "test_" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet();

    private TestDatabase() {}

    public static TestDatabase create() throws SQLException {
        TestDatabase database = new TestDatabase();
        try (Connection connection = database.server.superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + database.name + " LOGIN PASSWORD '" + PASSWORD.replace("'", "''") + "'");
            statement.execute("CREATE DATABASE " + database.name + " OWNER " + database.name);
        }
        return database;
    }

    public String name() {
        return name;
    }

    /** The owner's role has the database's name. */
    public String role() {
        return name;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + name, name, PASSWORD);
    }

    public Connection superuser() throws SQLException {
        return server.superuser(name);
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public void executeAsSuperuser(String sql) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** All rows of a query, columns joined by a bar. */
    public List<String> rows(String sql) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    columns.add(result.getString(i));
                }
                rows.add(String.join("|", columns));
            }
            return rows;
        }
    }

    /** The first row of a query. */
    public String one(String sql) throws SQLException {
        return rows(sql).get(0);
    }

    /** The boolean that a query returns. */
    public boolean holds(String sql) throws SQLException {
        String answer = one(sql);
        if (!answer.equals("t") && !answer.equals("f")) {
            throw new IllegalArgumentException(answer + " isn't a boolean: " + sql);
        }
        return answer.equals("t");
    }

    /** Waits until a session of this database executes a statement that contains the text. */
    public void awaitStatement(String part) throws Exception {
        Await.until(
                () -> !rows("SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND state = 'active' AND pid <> pg_backend_pid() AND position('" + part
                                + "' IN query) > 0")
                        .isEmpty(),
                () -> "no session executes " + part);
    }

    /** Ends the session that applies change sets, as an administrator would. */
    public void terminateRunner() throws SQLException {
        executeAsSuperuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND application_name = 'lockkeeper'");
    }

    /** Every relation with its identity and size: equal before and after means untouched. */
    public List<String> fingerprint() throws SQLException {
        return rows("SELECT oid, relname, relfilenode, relkind, relpages, reltuples, xmin FROM pg_class"
                + " WHERE relnamespace::regnamespace::text NOT IN ('pg_catalog', 'pg_toast', 'information_schema')"
                + " ORDER BY oid");
    }

    /** Names the changelog that stays with the database, if it stays. */
    void keepsWith(ChangelogFolder changelog) {
        if (KEEP_SECONDS > 0) {
            System.out.println("its changelog: " + changelog.folder());
        }
    }

    /** The environment that names this database. */
    public Environment environment() {
        return Environment.of()
                .with("DATABASE_HOST", server.host())
                .with("DATABASE_PORT", String.valueOf(server.port()))
                .with("DATABASE_NAME", name)
                .with("DATABASE_USERNAME", name)
                .with("DATABASE_PASSWORD", PASSWORD);
    }

    @Override
    public void close() throws SQLException {
        keep();
        try (Connection connection = server.superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            statement.execute("DROP ROLE IF EXISTS " + name);
        }
    }

    /** Waits as long as somebody wants to look at the database, and says where it is. */
    private void keep() {
        if (KEEP_SECONDS > 0) {
            System.out.println("kept for " + KEEP_SECONDS + " s: " + server.superuserUrl(name));
            try {
                TimeUnit.SECONDS.sleep(KEEP_SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
