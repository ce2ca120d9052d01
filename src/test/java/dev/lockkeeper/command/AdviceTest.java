package dev.lockkeeper.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.ChangeSetOptions;
import dev.lockkeeper.model.FailedChangeSet;
import dev.lockkeeper.model.Interrupted;
import dev.lockkeeper.model.NotApplied;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.QualifiedName;
import dev.lockkeeper.model.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
    private static final ChangeSetInfo PLAIN = changeSet(true, List.of(), ChangeSetOptions.NONE);
    private static final ChangeSetInfo INDEX =
            changeSet(false, List.of(new QualifiedName(Optional.empty(), "t_y")), ChangeSetOptions.NONE);
    private static final ChangeSetInfo BATCHED = changeSet(
            false, List.of(), new ChangeSetOptions(Optional.empty(), Optional.empty(), Optional.of(Duration.ZERO)));

    private static ChangeSetInfo changeSet(
            boolean transactional, List<QualifiedName> indexes, ChangeSetOptions options) {
        return new ChangeSetInfo(
                new ChangeSetId("root.sql", "1", "team"),
                transactional,
                List.of(),
                indexes,
                List.of(),
                new ChangeSetInfo.Traits(transactional, true, false),
                options);
    }

    private static FailedChangeSet failed(ChangeSetInfo changeSet, FailedChangeSet.Kind kind) {
        return new FailedChangeSet(changeSet, kind, "57014", "abgebrochen", "SELECT 1", Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "PRECONDITION, Make the precondition true",
        "CANCELED, pg_cancel_backend",
        "STATEMENT_TIMEOUT, LOCKKEEPER_STATEMENT_TIMEOUT",
        "OUT_OF_RESOURCES, storage",
        "COMMIT_REFUSED, remove the COMMIT or ROLLBACK",
        "NOTHING_DONE, it may be edited",
        "OTHER, it may be edited"
    })
    void the_kind_of_failure_decides_and_no_text(FailedChangeSet.Kind kind, String words) {
        assertThat(Advice.after("rehearse", new NotApplied.ChangeSetFailed(failed(PLAIN, kind), true)))
                .contains(words, "run rehearse again")
                .doesNotContain("migrate");
    }

    @Test
    void an_interrupted_command_is_named_and_so_is_how_its_change_set_continues() {
        assertThat(Advice.after("status", new Interrupted.Stopped(Optional.empty(), false)))
                .isEqualTo("Run status again.");
        assertThat(Advice.after("migrate", new Interrupted.Stopped(Optional.of(PLAIN), false)))
                .isEqualTo("Run migrate again: it continues after the last recorded change set.");
        assertThat(Advice.after("migrate", new Interrupted.ConnectionLost("gone", Optional.of(INDEX))))
                .isEqualTo("Run migrate again, which drops an INVALID index and builds it again.");
        assertThat(Advice.after("migrate", new Interrupted.DeadlinePassed("1 s", Optional.of(BATCHED), false)))
                .isEqualTo(
                        "Run migrate again, which continues with the remaining rows. Raise LOCKKEEPER_DEADLINE if the"
                                + " change needs longer.");
    }

    @Test
    void an_outcome_that_knows_its_own_fix_gives_it_whatever_the_command() {
        assertThat(Advice.after("unlock", new Refused.BadInput(List.of("wrong"), "Correct it.")))
                .isEqualTo("Correct it.");
        assertThat(Advice.after("unlock", new Outcome.Done("Unlocked."))).isEmpty();
    }
}
