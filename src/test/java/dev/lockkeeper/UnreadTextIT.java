package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A migration refuses what Liquibase would drop, and only warns of it where it has run already. */
@Tag("anywhere")
class UnreadTextIT extends DatabaseCase {
    private static final String GOOD = "--liquibase formatted sql\n--changeset team:1\nCREATE TABLE a (x int);\n";

    private Finished migrate(String root, String... arguments) {
        return Program.run(changelog.in(database.environment(), root), arguments);
    }

    private static List<String> warnings(Finished run) {
        return run.events("finding").stream()
                .map(finding -> finding.get("where").getAsString())
                .toList();
    }

    @Test
    void all_that_would_be_lost_is_named_before_anything_runs() throws Exception {
        changelog
                .file("good.sql", GOOD)
                .file("labels.sql", GOOD.replace("team:1", "team:2 labels: nightly"))
                .file("literal.sql", GOOD.replace("TABLE a (x int)", "TABLE c (x text DEFAULT '\n--rollback x\n')"))
                .file("loose.sql", "--liquibase formatted sql\n--changset team:3\nCREATE TABLE loose (x int);\n")
                .file("plain.sql", GOOD.replace("formatted", "formated"))
                .file("two.yaml", """
                        databaseChangeLog:
                          - changeSet:
                              id: 4
                              author: team
                              runInTransation: false
                              changes:
                                - createTable:
                                    tableName: d
                                    columns:
                                      - column: {name: x, type: int}
                                      - columns: {name: y, type: int}
                        """)
                .file("root.yaml", """
                        databaseChangeLog:
                          - include: {file: good.sql}
                          - include: {file: labels.sql}
                          - include: {file: literal.sql}
                          - include: {file: loose.sql}
                          - include: {file: plain.sql}
                          - include: {file: two.yaml}
                        """);
        migrate("root.yaml")
                .exits(2)
                .untouched()
                .says("labels.sql:2: \"labels: nightly\"", "Did you mean labels:nightly?", "literal.sql:4: ")
                .says("loose.sql:2: \"--changset team:3\"", "Did you mean --changeset team:3?", "plain.sql:1: ")
                .says("two.yaml:5: \"runInTransation\"", "two.yaml:11: \"columns\"");
        assertThat(database.rows("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isEmpty();
    }

    /** It must not stop a deployment that worked until now. */
    @Test
    void what_has_run_is_a_warning_and_what_is_new_is_refused() throws Exception {
        String right = GOOD.replace("team:1", "team:1 dbms:postgresql")
                + "--rollback DROP TABLE a;\n--changeset team:2 labels:b\nCREATE TABLE b (x int);\n";
        // Neither changes the checksum, so the rows are as if it had run like that.
        String wrong = right.replace("dbms:", "dmbs:").replace("labels:", "label:");
        changelog.file("root.sql", right);
        run().exits(0);
        changelog.file("root.sql", wrong);
        assertThat(warnings(run().exits(0))).containsExactly("root.sql:2", "root.sql:5");
        assertThat(warnings(run("validate").exits(0))).containsExactly("root.sql:2", "root.sql:5");
        run("status", "--check").exits(0);

        // What was to be the third belongs to the second, which is edited by that: the reason is what has to be named.
        changelog.file("root.sql", wrong + "--changset team:3\nCREATE TABLE c (x int);\n");
        assertThat(warnings(run().exits(2).untouched().says("root.sql:5", "root.sql:7", "--changeset team:3")))
                .containsExactly("root.sql:2");
        changelog.file("root.sql", wrong + "--changeset team:3\nCREATE TABLE c (x int);\n");
        run().exits(0);
        assertThat(history()).containsExactly("1", "2", "3");
    }

    @Test
    void what_is_not_chosen_is_refused_only_if_it_might_have_been() throws Exception {
        changelog.file("root.sql", """
                --liquibase formatted sql
                --changeset team:1 context:east rollbackSplitStatement:false
                SELECT nothing;
                --changeset team:2 dbms:mysql runsAlways:true
                SELECT nothing;
                """);
        run("--contexts", "west").exits(0);
        changelog.file("root.sql", "--liquibase formatted sql\n--changeset team:3 context:east or west\nSELECT 1;\n");
        run("--contexts", "west").exits(2).says("root.sql:2", "context:\"east or west\"");
    }

    @Test
    void a_changelog_without_change_sets_is_a_warning() throws Exception {
        changelog.file("root.yaml", "databaseChangeLog: []\n").file("none.sql", "--liquibase formatted sql\n");
        for (String root : List.of("root.yaml", "none.sql")) {
            for (String command : List.of("migrate", "status", "validate")) {
                Finished run = migrate(root, command).exits(0);
                assertThat(run.output()).contains("The changelog has no change sets");
            }
            migrate(root, "status", "--check").exits(0);
        }
        migrate("root.yaml", "validate", "--strict").exits(2).says("no change sets");
    }
}
