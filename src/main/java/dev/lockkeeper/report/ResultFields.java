package dev.lockkeeper.report;

import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.SchemaState;
import dev.lockkeeper.model.event.Answer;
import dev.lockkeeper.model.event.RunResult;
import java.util.List;
import java.util.Map;

/** A finished run as JSON fields, with whole lists: for the last line of the log and for the result file. */
final class ResultFields implements Answer.Visitor<Fields> {
    private ResultFields() {}

    /**
     * The fields that scripts read exist for every command; they are empty or 0 if it has nothing to report in them. Those
     * of one kind of answer alone come last.
     */
    static Fields of(RunResult result) {
        Answer.Migrated counts = Counts.of(result);
        return Fields.of()
                .add("success", result.outcome().exitCode().number() == 0)
                .addWord("command", result.command())
                .addWord("outcome", result.outcome().exitCode().word())
                .add("exitCode", result.outcome().exitCode().number())
                .addWord("databaseTouched", result.effect().touched().word())
                .add("happened", result.outcome().happened())
                .add("whatNow", result.whatNow())
                .addWord("stateBefore", result.effect().before().map(SchemaState::word))
                .addWord("stateAfter", result.effect().after().map(SchemaState::word))
                .add("appliedCount", counts.applied().size())
                .add("skippedCount", counts.skipped().size())
                .add("pendingCount", counts.pending().size())
                .add("durationMs", result.took().whole())
                .add("lockWaitMs", result.took().lockWait())
                .add("retriedCount", counts.retries())
                .addWord("sqlState", result.outcome().sqlState())
                .add(
                        "failed",
                        result.failed().map(failed -> Fields.failed(failed).map()))
                .add(
                        "applied",
                        counts.applied().stream().map(ResultFields::applied).toList())
                .add("skipped", ids(counts.skipped()))
                .add("pending", ids(counts.pending()))
                .addAll(result.answer()
                        .map(answer -> answer.accept(new ResultFields()))
                        .orElseGet(Fields::of));
    }

    @Override
    public Fields migrated(Answer.Migrated answer) {
        return Fields.of();
    }

    @Override
    public Fields compared(Answer.Compared answer) {
        return Fields.of();
    }

    private static List<Map<String, Object>> ids(List<ChangeSetId> changeSets) {
        return changeSets.stream().map(Fields::id).toList();
    }

    private static Map<String, Object> applied(Answer.Applied applied) {
        return Fields.of()
                .add("file", applied.id().file())
                .add("id", applied.id().id())
                .add("author", applied.id().author())
                .addWord("execType", applied.execType())
                .add("durationMs", applied.duration())
                .add("rows", applied.rows())
                .map();
    }
}
