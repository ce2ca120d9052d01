package dev.lockkeeper.report;

import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.event.ChangeSetEvent;
import dev.lockkeeper.model.event.ConnectionEvent;
import dev.lockkeeper.model.event.Event;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One JSON object per line: {@code time}, {@code level}, {@code event} and the event's own fields. */
final class JsonRenderer implements Renderer, Event.Visitor<Fields>, ConnectionEvent.Visitor<Fields> {
    private final Clock clock;
    private final String namespace;
    private final Redactor redactor;
    private final ChangeSetFields changeSets = new ChangeSetFields();

    JsonRenderer(Clock clock, String namespace, Redactor redactor) {
        this.redactor = redactor;
        this.clock = clock;
        this.namespace = namespace;
    }

    @Override
    public List<String> lines(Event event) {
        Fields fields = Fields.of()
                .addWord("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
                .addWord("level", event.level().word())
                .addWord("event", event.name())
                .addAll(event.accept(this));
        String line = JsonLine.bounded(fields.map(), redactor);
        return event instanceof Event.RunFinished finished
                ? List.of(MetricsLine.of(finished.result(), clock.millis(), namespace), line)
                : List.of(line);
    }

    @Override
    public Fields runStarted(Event.RunStarted event) {
        return Fields.of()
                .addWord("command", event.command())
                .add("version", event.version())
                .add("changelog", event.changelog());
    }

    @Override
    public Fields stateRead(Event.StateRead event) {
        return Fields.of()
                .addWord("state", event.state().word())
                .add("message", event.state().sentence());
    }

    @Override
    public Fields changeSet(ChangeSetEvent event) {
        return event.accept(changeSets);
    }

    @Override
    public Fields connection(ConnectionEvent event) {
        return event.accept((ConnectionEvent.Visitor<Fields>) this);
    }

    @Override
    public Fields connected(ConnectionEvent.Connected event) {
        return Fields.of()
                .add("address", event.address())
                .add("user", event.user())
                .add("server", event.server());
    }

    @Override
    public Fields lockWaiting(ConnectionEvent.LockWaiting event) {
        return Fields.of()
                .add("what", event.what())
                .add("changeSet", id(event.changeSet()))
                .add("blockers", Fields.blockers(event.blockers()))
                .add("waitedMs", event.waited());
    }

    @Override
    public Fields lost(ConnectionEvent.Lost event) {
        return Fields.of().add("message", event.reason());
    }

    @Override
    public Fields notice(ConnectionEvent.Notice event) {
        return Fields.of()
                .add("severity", event.severity())
                .add("message", event.message())
                .add("changeSet", id(event.changeSet()));
    }

    private static Optional<Map<String, Object>> id(Optional<ChangeSetInfo> changeSet) {
        return changeSet.map(info -> Fields.id(info.id()));
    }

    @Override
    public Fields finding(Event.Finding event) {
        return Fields.of().add("where", event.where()).add("message", event.what());
    }

    @Override
    public Fields message(Event.Message event) {
        return Fields.of().add("message", event.text()).add("stackTrace", event.stackTrace());
    }

    @Override
    public Fields libraryLog(Event.LibraryLog event) {
        return Fields.of()
                .add("logger", event.logger())
                .add("message", event.text())
                .add("stackTrace", event.stackTrace());
    }

    @Override
    public Fields runFinished(Event.RunFinished event) {
        return ResultFields.of(event.result());
    }
}
