package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Running;
import java.sql.Connection;
import java.sql.Statement;
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

    private void appliedOnce(String... ids) throws Exception {
        assertThat(database.one("SELECT balance FROM public.account")).isEqualTo("200");
        assertThat(database.rows("SELECT id FROM public.databasechangelog ORDER BY orderexecuted"))
                .containsExactly(ids);
        run("status", "--check").exits(0);
        assertThat(run().exits(0).events("changeset.started")).isEmpty();
    }
}
