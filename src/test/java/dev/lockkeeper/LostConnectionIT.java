package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.FaultyProxy;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.OwnServer;
import dev.lockkeeper.harness.PostgresServer;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.harness.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The connection, the server or the network breaks in the middle of a run. */
@Tag("anywhere")
class LostConnectionIT extends DatabaseCase {
    @BeforeEach
    void setUp() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
    }

    @Override
    protected Environment environment() {
        return super.environment().with("LOCKKEEPER_CONNECT_WAIT", "30s");
    }

    @Test
    void a_session_that_is_ended_in_mid_change_is_replaced_and_the_change_set_runs_again() throws Exception {
        changelog
                .changeSet("2", "CREATE TABLE b (x int); SELECT pg_sleep(2);")
                .changeSet("3", "CREATE TABLE c (x int);");
        Running migration = begin();
        database.awaitStatement("pg_sleep(");
        database.terminateRunner();
        Finished run = migration.result().exits(0);
        assertThat(run.events("connection.lost")).hasSize(1);
        assertThat(run.result().get("appliedCount").getAsInt()).isEqualTo(3);
        assertThat(run.text("stateBefore")).isEqualTo("empty");
        assertThat(run.text("stateAfter")).isEqualTo("up-to-date");
        assertThat(history()).containsExactly("1", "2", "3");
    }

    @Test
    void a_change_set_that_kills_its_own_session_is_given_up_and_named() {
        changelog.changeSet("2", "SELECT pg_terminate_backend(pg_backend_pid());");
        Finished run = Program.run(environment()).exits(11).says("not regained", "root.sql::2::team", "history");
        assertThat(run.events("connection.lost")).hasSize(2);
        assertThat(run.text("databaseTouched")).isEqualTo("yes");
    }

    @Test
    void what_is_neither_atomic_nor_resumable_is_never_run_again_blindly() throws Exception {
        changelog.changeSet("2", "runInTransaction:false", "SELECT pg_sleep(30);");
        Running migration = begin();
        database.awaitStatement("pg_sleep(");
        database.terminateRunner();
        migration
                .result()
                .exits(11)
                .says(
                        "root.sql::2::team",
                        "doesn't run in a transaction",
                        "Look at what it left",
                        "starts from its beginning");
    }

    @Test
    void a_server_that_does_not_come_back_is_exit_11() throws Exception {
        try (FaultyProxy proxy = new FaultyProxy(
                PostgresServer.shared().host(), PostgresServer.shared().port())) {
            changelog.changeSet("2", "SELECT pg_sleep(60);");
            Environment through = proxy.in(environment()).with("LOCKKEEPER_CONNECT_WAIT", "2s");
            Running migration = Program.begin(through);
            database.awaitStatement("pg_sleep(");
            proxy.refuse();
            proxy.cut();
            Finished run = migration.result().exits(11).says("not regained", "root.sql::2::team");
            assertThat(run.text("databaseTouched")).isEqualTo("yes");
        }
        assertThat(history()).containsExactly("1");
    }

    @Test
    void a_stop_while_the_connection_is_lost_does_not_say_what_nobody_knows() throws Exception {
        try (FaultyProxy proxy = new FaultyProxy(
                PostgresServer.shared().host(), PostgresServer.shared().port())) {
            changelog.changeSet("2", "SELECT pg_sleep(60);");
            Running migration = Program.begin(proxy.in(environment()), "migrate", "--deadline", "6s");
            database.awaitStatement("pg_sleep(");
            proxy.refuse();
            proxy.cut();
            Finished run = migration.result().exits(8).says("root.sql::2::team", "unless its commit had just landed");
            assertThat(run.text("databaseTouched")).isEqualTo("yes");
        }
    }

    @Test
    void a_network_that_forgets_the_connection_does_not_hold_the_run_for_ever() throws Exception {
        try (FaultyProxy proxy = new FaultyProxy(
                PostgresServer.shared().host(), PostgresServer.shared().port())) {
            changelog.changeSet("2", "SELECT pg_sleep(4);");
            Running migration = Program.begin(proxy.in(environment()));
            database.awaitStatement("pg_sleep(");
            proxy.stall();
            migration.awaitText("No second connection");
            proxy.passNewOnes();
            // The server still thinks that it talks to us, until its own keepalive notices; here nothing notices.
            database.terminateRunner();
            Finished run = migration.result().exits(0);
            assertThat(run.events("connection.lost")).isNotEmpty();
        }
        assertThat(history()).containsExactly("1", "2");
    }

    @Test
    void a_server_that_crashes_and_starts_again_costs_a_reconnect() throws Exception {
        try (OwnServer server = new OwnServer(folder)) {
            changelog
                    .changeSet("2", "CREATE TABLE b (x int); SELECT pg_sleep(2);")
                    .changeSet("3", "runInTransaction:false", "CREATE INDEX CONCURRENTLY a_x ON a (x);");
            Environment there = changelog.in(server.environment()).with("LOCKKEEPER_CONNECT_WAIT", "60s");
            Running migration = Program.begin(there);
            server.awaitStatement("pg_sleep(2)");
            server.crash();
            server.startAgain();
            Finished run = migration.result().exits(0);
            assertThat(run.events("connection.lost")).isNotEmpty();
            assertThat(server.rows("SELECT id FROM databasechangelog ORDER BY orderexecuted"))
                    .containsExactly("1", "2", "3");
        }
    }

    @Test
    void a_server_that_becomes_read_only_is_waited_for() throws Exception {
        try (OwnServer server = new OwnServer(folder)) {
            changelog.changeSet("2", "SELECT pg_sleep(2);").changeSet("3", "CREATE TABLE c (x int);");
            Environment there = changelog.in(server.environment()).with("LOCKKEEPER_CONNECT_WAIT", "60s");
            Running migration = Program.begin(there);
            server.awaitStatement("pg_sleep(2)");
            setReadOnly(server, "on");
            Finished run = migration.result().exits(11).says("read-only");
            assertThat(run.text("databaseTouched")).isEqualTo("yes");
            setReadOnly(server, "off");
            Program.run(there).exits(0);
        }
    }

    private static void setReadOnly(OwnServer server, String value) throws Exception {
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute("SET transaction_read_only = off");
            statement.execute("ALTER SYSTEM SET default_transaction_read_only = " + value);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    @Test
    void a_signal_ends_a_run_whose_server_does_not_answer_any_more() throws Exception {
        try (FaultyProxy proxy = new FaultyProxy(
                PostgresServer.shared().host(), PostgresServer.shared().port())) {
            changelog.changeSet("2", "SELECT pg_sleep(300);");
            Path log = folder.resolve("stopped.log");
            Process process = Program.start(proxy.in(environment()), log, List.of());
            database.awaitStatement("pg_sleep(");
            proxy.stall();
            process.destroy();
            // Again, while the first signal is being dealt with: some orchestrators repeat theirs.
            Thread.sleep(500);
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            new Finished(143, Files.readString(log)).exits(143).says("signal", "root.sql::2::team");
        }
    }
}
