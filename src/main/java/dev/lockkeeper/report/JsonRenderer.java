package dev.lockkeeper.report;

import dev.lockkeeper.model.Event;
import java.time.Clock;
import java.util.List;

/** One JSON object a line: {@code time}, {@code level}, {@code event} and the event's own fields. */
final class JsonRenderer implements Renderer {
    private final Clock clock;
    private final String namespace;
    private final Redactor redactor;

    JsonRenderer(Clock clock, String namespace, Redactor redactor) {
        this.redactor = redactor;
        this.clock = clock;
        this.namespace = namespace;
    }

    @Override
    public List<String> lines(Event event) {
        String line = JsonLine.bounded(fields(event).map(), redactor);
        return event instanceof Event.RunFinished finished
                ? List.of(MetricsLine.of(finished.result(), clock.millis(), namespace), line)
                : List.of(line);
    }

    private Fields fields(Event event) {
        if (event instanceof Event.RunStarted started) {
            return named("run.started", event)
                    .add("command", started.command())
                    .add("version", started.version())
                    .add("changelog", started.changelog());
        } else if (event instanceof Event.Connected connected) {
            return named("connected", event)
                    .add("address", connected.address())
                    .add("user", connected.user())
                    .add("server", connected.server());
        } else if (event instanceof Event.StateRead read) {
            return named("state", event)
                    .add("state", read.state().word())
                    .add("message", read.state().sentence());
        } else if (event instanceof Event.RunFinished finished) {
            Fields fields = named("run.finished", event);
            Fields.result(finished.result()).map().forEach(fields::add);
            return fields;
        }
        return aboutChangeSets(event);
    }

    private Fields aboutChangeSets(Event event) {
        if (event instanceof Event.ChangeSetStarted started) {
            return named("changeset.started", event)
                    .add("changeSet", Fields.id(started.changeSet().id()))
                    .add("transactional", started.changeSet().transactional())
                    .add("number", started.number())
                    .add("total", started.total());
        } else if (event instanceof Event.ChangeSetApplied applied) {
            return named("changeset.applied", event)
                    .add("changeSet", Fields.id(applied.id()))
                    .add("execType", applied.execType())
                    .add("durationMs", applied.duration())
                    .add("rows", applied.rows());
        } else if (event instanceof Event.ChangeSetSkipped skipped) {
            return named("changeset.skipped", event)
                    .add("changeSet", Fields.id(skipped.id()))
                    .add("reason", skipped.reason());
        } else if (event instanceof Event.ChangeSetFailed failed) {
            Fields fields = named("changeset.failed", event).add("durationMs", failed.duration());
            Fields.failed(failed.failed()).forEach(fields::add);
            return fields;
        } else if (event instanceof Event.ChangeSetRetried retried) {
            Fields fields = named("changeset.retried", event)
                    .add("attempt", retried.attempt())
                    .add("attempts", retried.attempts())
                    .add("pauseMs", retried.pause())
                    .add("blockers", Fields.blockers(retried.blockers()));
            Fields.failed(retried.failed()).forEach(fields::add);
            return fields;
        } else if (event instanceof Event.ChangeSetPending pending) {
            return named("changeset.pending", event)
                    .add("changeSet", Fields.id(pending.changeSet().id()))
                    .add("transactional", pending.changeSet().transactional());
        }
        return other(event);
    }

    private Fields other(Event event) {
        if (event instanceof Event.LockWaiting waiting) {
            return named("lock.waiting", event)
                    .add("what", waiting.what())
                    .add("changeSet", waiting.changeSet() == null ? null : Fields.id(waiting.changeSet()))
                    .add("blockers", Fields.blockers(waiting.blockers()))
                    .add("waitedMs", waiting.waited());
        } else if (event instanceof Event.Progress progress) {
            return named("progress", event)
                    .add("changeSet", Fields.id(progress.changeSet()))
                    .add("elapsedMs", progress.elapsed())
                    .add("phase", progress.phase())
                    .add("percent", progress.percent().map(percent -> Math.round(percent * 10) / 10.0))
                    .add("rows", progress.rows());
        } else if (event instanceof Event.ConnectionLost lost) {
            return named("connection.lost", event).add("message", lost.reason());
        } else if (event instanceof Event.Notice notice) {
            return named("notice", event)
                    .add("severity", notice.severity())
                    .add("message", notice.message())
                    .add("changeSet", notice.changeSet() == null ? null : Fields.id(notice.changeSet()));
        } else if (event instanceof Event.Finding finding) {
            return named("finding", event).add("where", finding.where()).add("message", finding.what());
        } else if (event instanceof Event.Message message) {
            return named("message", event).add("message", message.text());
        } else if (event instanceof Event.LibraryLog log) {
            return named("log", event)
                    .add("logger", log.logger())
                    .add("message", log.text())
                    .add("stackTrace", log.stackTrace());
        }
        throw new IllegalStateException("no JSON for " + event.getClass());
    }

    private Fields named(String name, Event event) {
        return Fields.of()
                .add("time", clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS))
                .add("level", event.level().word())
                .add("event", name);
    }
}
