package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.fixture.PlainLiquibase;
import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.PostgresServer;
import dev.lockkeeper.harness.Running;
import dev.lockkeeper.harness.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run's schemas are fixed at its start, whatever its change sets do to the search path. */
class SearchPathIT extends DatabaseCase {
    @BeforeEach
    void anAccount() throws Exception {
        database.execute("CREATE SCHEMA other");
        changelog.changeSet("account", """
                CREATE TABLE account (id int PRIMARY KEY, balance int);
                INSERT INTO account VALUES (1, 100);
                """);
        run().exits(0);
        changelog.changeSet("deposit", "UPDATE account SET balance = balance + 100;");
    }

    /** What a change set that isn't careful leaves behind: a schema of its own, or pg_dump's empty search path. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET search_path TO other;",
                "SELECT pg_catalog.set_config('search_path', '', false);",
                "SET search_path TO other, public; CREATE TABLE databasechangelog (id text);"
            })
    void a_retry_after_another_search_path_stays_with_the_same_history(String statement) throws Exception {
        changelog.changeSet("moves", statement);
        changelog.changeSet("blocked", "ALTER TABLE public.account ADD COLUMN owner text;");
        try (Connection app = database.connect();
                Statement reads = app.createStatement()) {
            app.setAutoCommit(false);
            reads.execute("SELECT * FROM account");
            Running migration = begin("--lock-timeout", "300ms").awaitEvent("changeset.retried");
            app.rollback();
            Finished run = migration.result().exits(0);
            assertThat(run.events("changeset.retried")).isNotEmpty();
            assertThat(run.events("changeset.applied")).hasSize(3);
        }
        appliedOnce("account", "deposit", "moves", "blocked");
    }

    @Test
    void a_lost_connection_after_another_search_path_stays_with_the_same_history() throws Exception {
        changelog.changeSet("moves", "SET search_path TO other;");
        changelog.changeSet("slow", "SELECT pg_sleep(3);");
        Running migration = begin();
        database.awaitStatement("pg_sleep(3)");
        database.terminateRunner();
        migration.result().exits(0);
        appliedOnce("account", "deposit", "moves", "slow");
    }

    @Test
    void a_tag_after_another_search_path_is_set_in_our_own_history() throws Exception {
        database.execute("CREATE TABLE other.databasechangelog AS TABLE databasechangelog");
        database.execute("UPDATE other.databasechangelog SET tag = 'theirs'");
        changelog.changeSet("moves", "SET search_path TO other;");
        run("--tag", "v2").exits(0);
        assertThat(database.rows("SELECT id FROM public.databasechangelog WHERE tag = 'v2'"))
                .containsExactly("moves");
        assertThat(database.rows("SELECT DISTINCT tag FROM other.databasechangelog"))
                .containsExactly("theirs");
        appliedOnce("account", "deposit", "moves");
    }

    /** Each change set notes the search path that it sees; where the third one runs depends on what the second one set. */
    private void paths(String third) {
        changelog
                .changeSet("paths", "CREATE TABLE paths (who text, path text); CREATE SCHEMA sales;")
                .changeSet("sets", "SET search_path TO sales; CREATE TABLE in_sales (x int);")
                .changeSet("local", "SET LOCAL search_path TO other;" + NOTE.formatted("local"))
                .changeSet("third", third + NOTE.formatted("third"))
                .changeSet("last", "INSERT INTO in_sales VALUES (1);" + NOTE.formatted("last"));
    }

    private static final String NOTE = "INSERT INTO public.paths VALUES ('%s', current_setting('search_path'));";

    @Test
    void later_change_sets_see_the_search_path_that_plain_liquibase_shows_them_also_after_a_lost_connection()
            throws Exception {
        paths("SELECT pg_sleep(2);");
        Running migration = begin();
        database.awaitStatement("pg_sleep(2)");
        database.terminateRunner();
        assertThat(migration.result().exits(0).events("connection.lost")).hasSize(1);
        try (TestDatabase theirs = TestDatabase.create()) {
            theirs.execute("CREATE SCHEMA other");
            PlainLiquibase.Result plain = new PlainLiquibase(
                            "jdbc:postgresql://" + PostgresServer.shared().host() + ":"
                                    + PostgresServer.shared().port() + "/" + theirs.name(),
                            theirs.name(),
                            TestDatabase.PASSWORD,
                            changelog.folder(),
                            "root.sql")
                    .update();
            assertThat(plain.exitCode()).as(plain.output()).isZero();
            assertThat(database.rows("SELECT * FROM public.paths ORDER BY who"))
                    .hasSize(3)
                    .isEqualTo(theirs.rows("SELECT * FROM public.paths ORDER BY who"));
        }
    }

    /** In every case "own" is made by the role that the run has, and every history row is written by it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "app"})
    void another_role_and_other_settings_end_with_their_change_set(String role) throws Exception {
        String other = database.role() + "_other";
        String app = database.role() + "_app";
        database.executeAsSuperuser("CREATE ROLE " + other + "; CREATE ROLE " + app + "; GRANT " + other + ", " + app
                + " TO " + database.role() + "; GRANT CREATE ON SCHEMA public TO PUBLIC;"
                + " ALTER SCHEMA other OWNER TO " + other + "; GRANT ALL ON databasechangelog, account TO " + app);
        try {
            changelog
                    .changeSet("role", "SET ROLE " + other + "; CREATE TABLE other.theirs (x int);")
                    .changeSet("own", "CREATE TABLE own AS SELECT current_setting('lock_timeout') AS t;")
                    .changeSet(
                            "outside",
                            "runInTransaction:false splitStatements:false",
                            "DO $$ BEGIN SET ROLE " + other + "; SET lock_timeout = 0; END $$;")
                    .changeSet("readonly", "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY;")
                    .changeSet("own2", "CREATE TABLE own2 AS SELECT current_setting('lock_timeout') AS t;");
            List<String> arguments = new ArrayList<>(List.of("--lock-timeout", "3s"));
            if (!role.isEmpty()) {
                arguments.addAll(List.of("--role", app));
            }
            run(arguments.toArray(String[]::new)).exits(0);
            assertThat(database.rows("SELECT tablename, tableowner FROM pg_tables WHERE tablename IN"
                            + " ('theirs', 'own', 'own2') ORDER BY 1"))
                    .containsExactly(
                            "own|" + (role.isEmpty() ? database.role() : app),
                            "own2|" + (role.isEmpty() ? database.role() : app),
                            "theirs|" + other);
            assertThat(database.rows("SELECT t FROM own UNION ALL SELECT t FROM own2"))
                    .containsExactly("3s", "3s");
        } finally {
            database.executeAsSuperuser("DROP OWNED BY " + other + ", " + app + "; DROP ROLE " + other + ", " + app);
        }
    }

    private void appliedOnce(String... ids) throws Exception {
        assertThat(database.one("SELECT balance FROM public.account")).isEqualTo("200");
        assertThat(database.rows("SELECT id FROM public.databasechangelog ORDER BY orderexecuted"))
                .containsExactly(ids);
        run("status", "--check").exits(0);
        assertThat(run().exits(0).events("changeset.started")).isEmpty();
    }
}
