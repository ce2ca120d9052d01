package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.DatabaseCase;
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
}
