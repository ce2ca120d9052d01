package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import org.junit.jupiter.api.Test;

/** What is said of preconditions that aren't met, of the changelog as a whole and of its change sets. */
class PreconditionsIT extends DatabaseCase {
    private Finished runYaml(String preconditions) {
        changelog.file("root.yaml", """
                databaseChangeLog:
                  - preConditions:
                %s
                  - changeSet:
                      id: table
                      author: team
                      changes:
                        - sql: { sql: CREATE TABLE a (x int) }
                """.formatted(preconditions.indent(6)));
        return Program.run(changelog.in(database.environment(), "root.yaml"));
    }

    @Test
    void the_changelogs_own_is_checked_before_anything_is_touched() throws Exception {
        runYaml("- runningAs: { username: nobody }")
                .exits(6)
                .untouched()
                .says("precondition failed (onFail: HALT)", "nobody");
        runYaml("- onFailMessage: deploy this as nobody\n- runningAs: { username: nobody }")
                .exits(6)
                .untouched()
                .says("deploy this as nobody");
        runYaml("- sqlCheck: { expectedResult: 1, sql: SELECT 1 FROM missing }")
                .exits(6)
                .untouched()
                .says("couldn't be checked (onError: HALT)", "missing");
        assertThat(database.holds("SELECT to_regclass('databasechangelog') IS NULL"))
                .isTrue();
        Finished warned =
                runYaml("- onFail: WARN\n- runningAs: { username: nobody }").exits(0);
        assertThat(warned.events("message").toString()).contains("runs although", "onFail: WARN", "nobody");
        assertThat(warned.events("log")).isEmpty();
    }

    @Test
    void a_change_sets_own_says_why_it_did_not_run_or_ran_all_the_same() throws Exception {
        String check = "--preconditions onFail:%s onError:%s\n--precondition-sql-check expectedResult:1 %s\n";
        changelog.changeSet("marked", check.formatted("MARK_RAN", "HALT", "SELECT 2") + "CREATE TABLE a (x int);");
        changelog.changeSet("ran", check.formatted("WARN", "HALT", "SELECT 2") + "CREATE TABLE b (x int);");
        changelog.changeSet(
                "unchecked", check.formatted("HALT", "WARN", "SELECT 1 FROM missing") + "CREATE TABLE c (x int);");
        Finished run = run().exits(0);
        assertThat(run.events("changeset.applied").stream().map(PreconditionsIT::remark))
                .satisfiesExactly(
                        remark -> assertThat(remark).contains("onFail: MARK_RAN", "2"),
                        remark -> assertThat(remark).contains("onFail: WARN"),
                        remark -> assertThat(remark).contains("onError: WARN", "missing"));
        assertThat(run.events("log")).isEmpty();

        changelog.changeSet(
                "halted", check.formatted("HALT", "HALT", "SELECT 1 FROM missing") + "CREATE TABLE d (x int);");
        run().exits(1).says("a precondition couldn't be checked", "missing", "Make the precondition true");
    }

    private static String remark(JsonObject applied) {
        return applied.get("remark").getAsString();
    }
}
