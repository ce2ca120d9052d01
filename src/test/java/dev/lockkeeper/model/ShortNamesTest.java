package dev.lockkeeper.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShortNamesTest {
    private static List<String> names(ChangeSetId... changeSets) {
        var names = ShortNames.of(List.of(changeSets));
        return List.of(changeSets).stream().map(names::get).toList();
    }

    @Test
    void an_id_that_is_its_files_name_is_used_alone() {
        assertThat(names(
                        new ChangeSetId("changes/0004-load-queues.sql", "0004-load-queues", "team"),
                        new ChangeSetId("changes/tables.yaml", "3", "team"),
                        new ChangeSetId("plain", "plain", "team")))
                .containsExactly("0004-load-queues", "changes/tables.yaml::3", "plain");
    }

    @Test
    void the_file_and_then_the_author_tell_two_apart_that_would_look_alike() {
        assertThat(names(new ChangeSetId("a/1.sql", "1", "x"), new ChangeSetId("b/1.sql", "1", "x")))
                .containsExactly("a/1.sql::1", "b/1.sql::1");
        assertThat(names(
                        new ChangeSetId("a.sql", "1", "x"),
                        new ChangeSetId("a.sql", "1", "y"),
                        new ChangeSetId("a.sql", "2", "x")))
                .containsExactly("a.sql::1::x", "a.sql::1::y", "a.sql::2");
        assertThat(names(new ChangeSetId("1.sql", "1", "x"), new ChangeSetId("1.sql", "1", "y")))
                .containsExactly("1.sql::1::x", "1.sql::1::y");
    }

    @Test
    void the_same_change_set_twice_has_one_name() {
        ChangeSetId twice = new ChangeSetId("1.sql", "1", "x");
        assertThat(names(twice, twice)).containsExactly("1", "1");
    }
}
