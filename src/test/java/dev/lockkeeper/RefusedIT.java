package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import org.junit.jupiter.api.Test;

/** A change set that certainly can't run as it is meant is refused before anything runs, unless it already ran. */
class RefusedIT extends DatabaseCase {
    @Test
    void a_change_set_for_another_program_is_refused_unless_it_ran_long_ago() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        changelog.changeSet("2", "runWith:psql", "\\copy a from '/tmp/a.csv'");
        run().exits(2).untouched().says("root.sql::2::team", "runWith: psql", "plain SQL");
        assertThat(database.holds("SELECT to_regclass('a') IS NULL AND to_regclass('databasechangelog') IS NULL"))
                .isTrue();
        Program.run(environment(), "validate").exits(2).untouched().says("runWith: psql");

        database.execute("CREATE TABLE a (x int)");
        Program.run(environment(), "baseline", "--all").exits(0);
        changelog.changeSet("3", "CREATE TABLE b (x int);");
        run().exits(0);
        assertThat(history()).containsExactly("1", "2", "3");
        assertThat(Program.run(environment(), "validate").exits(0).events("finding"))
                .isEmpty();
    }

    @Test
    void warnings_are_about_what_has_not_run_and_only_if_an_app_may_be_there() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int); CREATE TABLE b (x int);");
        changelog.changeSet("2", "ALTER TABLE a ADD y int; ALTER TABLE b ADD y int;");
        assertThat(run().exits(0).events("finding")).isEmpty();
        assertThat(Program.run(environment(), "validate").exits(0).events("finding"))
                .isEmpty();
        changelog.changeSet("3", "ALTER TABLE a ADD z int; ALTER TABLE b ADD z int;");
        assertThat(Program.run(environment(), "validate")
                        .exits(0)
                        .events("finding")
                        .toString())
                .contains("root.sql::3::team", "locks a and b")
                .doesNotContain("root.sql::2::team");
        assertThat(run().exits(0).events("finding")).hasSize(1);
    }

    @Test
    void a_change_set_that_prepares_a_transaction_is_refused_inside_one_and_outside() throws Exception {
        changelog.changeSet("1", "CREATE TABLE a (x int);");
        changelog.changeSet("2", "INSERT INTO a VALUES (1);\nPREPARE TRANSACTION 'two';");
        changelog.changeSet(
                "3",
                "runInTransaction:false endDelimiter:@@",
                "BEGIN; INSERT INTO a VALUES (1); prepare /* it */ transaction E'three' @@");
        changelog.changeSet(
                "4", "PREPARE transaction AS SELECT 1; DEALLOCATE transaction; SELECT 'PREPARE TRANSACTION'");
        changelog.changeSet("5", "endDelimiter:**", "SELECT 1\n**\nSELECT 2");
        Finished refused = run().exits(2).untouched();
        refused.says(
                "3 problems", "root.sql::2::team", "root.sql::3::team", "PREPARE TRANSACTION", "endDelimiter \"**\"");
        assertThat(refused.text("happened")).doesNotContain("root.sql::4::team");

        Program.run(environment(), "migrate", "--count", "1").exits(0);
        database.execute(
                "INSERT INTO databasechangelog SELECT n::text, author, filename, dateexecuted, n, exectype FROM"
                        + " databasechangelog, generate_series(2, 5) n WHERE n <> 4");
        run().exits(0);
        Program.run(environment(), "validate").exits(0).says("5 change sets are valid and agree");
        Program.run(changelog.in(Environment.of()), "validate").exits(0).says("with 4 warnings");
    }
}
