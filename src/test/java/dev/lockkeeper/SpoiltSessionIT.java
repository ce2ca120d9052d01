package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change set is recorded, and afterwards the session can't be made ours again. */
class SpoiltSessionIT extends DatabaseCase {
    private String owner;

    @BeforeEach
    void aRole() throws Exception {
        owner = database.role() + "_owner";
        database.executeAsSuperuser("CREATE ROLE " + owner + "; GRANT " + owner + " TO " + database.role()
                + "; GRANT ALL ON SCHEMA public TO " + owner);
        // At the commit, so that the history row lands with it.
        database.executeAsSuperuser("CREATE FUNCTION leave() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql AS"
                + " 'BEGIN REVOKE " + owner + " FROM " + database.role() + "; RETURN NULL; END';"
                + " CREATE TABLE departure (x int); GRANT ALL ON departure TO " + owner + ";"
                + " CREATE CONSTRAINT TRIGGER leave AFTER INSERT ON departure DEFERRABLE INITIALLY DEFERRED"
                + " FOR EACH ROW EXECUTE FUNCTION leave()");
    }

    @AfterEach
    void noRole() throws Exception {
        database.executeAsSuperuser("DROP OWNED BY " + owner + "; DROP ROLE " + owner);
    }

    @Test
    void a_role_that_is_lost_with_a_recorded_change_set_is_reported_as_after_it() throws Exception {
        var environment = environment().with("LOCKKEEPER_ROLE", owner);
        changelog.changeSet("leaves", "SET work_mem = '8MB'; INSERT INTO departure VALUES (1);");
        changelog.changeSet("never", "CREATE TABLE never (x int);");
        Program.run(environment, "baseline", "--none").exits(0);
        Finished run = Program.run(environment)
                .exits(4)
                .says("After change set", "leaves", "was recorded", "permission denied to set role", "continues");
        assertThat(run.text("happened")).doesNotContain("first");
        assertThat(run.text("databaseTouched")).isEqualTo("yes");
        assertThat(run.text("stateAfter")).isEqualTo("pending");
        assertThat(history()).containsExactly("leaves");
        database.executeAsSuperuser("GRANT " + owner + " TO " + database.role());
        Program.run(environment).exits(0);
        assertThat(history()).containsExactly("leaves", "never");
    }
}
