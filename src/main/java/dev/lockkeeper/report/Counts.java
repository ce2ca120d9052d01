package dev.lockkeeper.report;

import dev.lockkeeper.model.event.Answer;
import dev.lockkeeper.model.event.RunResult;
import java.util.List;

/** What an answer says about applied, skipped and pending change sets: fields that every result has. */
final class Counts implements Answer.Visitor<Answer.Migrated> {
    private static final Answer.Migrated NOTHING = new Answer.Migrated(List.of(), List.of(), List.of(), 0);

    private Counts() {}

    static Answer.Migrated of(RunResult result) {
        return result.answer().map(answer -> answer.accept(new Counts())).orElse(NOTHING);
    }

    @Override
    public Answer.Migrated migrated(Answer.Migrated answer) {
        return answer;
    }

    @Override
    public Answer.Migrated compared(Answer.Compared answer) {
        return new Answer.Migrated(List.of(), List.of(), answer.pending(), 0);
    }
}
