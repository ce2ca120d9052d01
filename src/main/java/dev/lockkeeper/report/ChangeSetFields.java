package dev.lockkeeper.report;

import dev.lockkeeper.model.event.ChangeSetEvent;

/** The events of a change set as JSON fields. */
final class ChangeSetFields implements ChangeSetEvent.Visitor<Fields> {
    private static Fields of(ChangeSetEvent event) {
        return Fields.of().add("changeSet", Fields.id(event.changeSet().id()));
    }

    @Override
    public Fields pending(ChangeSetEvent.Pending event) {
        return of(event).add("transactional", event.changeSet().transactional());
    }

    @Override
    public Fields started(ChangeSetEvent.Started event) {
        return of(event)
                .add("transactional", event.changeSet().transactional())
                .add("number", event.place().number())
                .add("total", event.place().total());
    }

    @Override
    public Fields applied(ChangeSetEvent.Applied event) {
        return of(event)
                .addWord("execType", event.execType())
                .add("durationMs", event.duration())
                .add("rows", event.rows())
                .add("remark", event.remark());
    }

    @Override
    public Fields skipped(ChangeSetEvent.Skipped event) {
        return of(event).add("reason", event.reason());
    }

    @Override
    public Fields retried(ChangeSetEvent.Retried event) {
        return Fields.of()
                .add("attempt", event.attempt())
                .add("attempts", event.attempts())
                .add("pauseMs", event.pause())
                .add("blockers", Fields.blockers(event.blockers()))
                .addAll(Fields.failed(event.failed()));
    }

    @Override
    public Fields failed(ChangeSetEvent.Failed event) {
        return Fields.of().add("durationMs", event.duration()).addAll(Fields.failed(event.failed()));
    }

    @Override
    public Fields progress(ChangeSetEvent.Progress event) {
        return of(event)
                .add("elapsedMs", event.elapsed())
                .add("phase", event.phase())
                .add("percent", event.percent().map(percent -> Math.round(percent * 10) / 10.0))
                .add("rows", event.rows());
    }
}
