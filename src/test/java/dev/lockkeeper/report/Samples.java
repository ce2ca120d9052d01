package dev.lockkeeper.report;

import dev.lockkeeper.model.Blocker;
import dev.lockkeeper.model.ChangeSetId;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.ChangeSetOptions;
import dev.lockkeeper.model.FailedChangeSet;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.SchemaState;
import dev.lockkeeper.model.SourceLine;
import dev.lockkeeper.model.event.Answer;
import dev.lockkeeper.model.event.ChangeSetEvent;
import dev.lockkeeper.model.event.ConnectionEvent;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.model.event.Place;
import dev.lockkeeper.model.event.RunResult;
import dev.lockkeeper.model.event.Touched;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One event of every kind. */
final class Samples {
    static final ChangeSetInfo QUEUES = changeSet("changes/0004-load-queues.sql", "0004-load-queues");
    static final Place THIRD = new Place(3, 16);
    static final FailedChangeSet FAILED = new FailedChangeSet(
            QUEUES,
            FailedChangeSet.Kind.OTHER,
            "55P03",
            "no lock",
            "ALTER TABLE jobs",
            Optional.of(new SourceLine("changes/0004-load-queues.sql", 7)));

    private Samples() {}

    static ChangeSetInfo changeSet(String file, String id) {
        return new ChangeSetInfo(
                new ChangeSetId(file, id, "team"),
                true,
                List.of(),
                List.of(),
                List.of(),
                ChangeSetInfo.Traits.PLAIN,
                ChangeSetOptions.NONE);
    }

    static RunResult result(Outcome outcome, Answer answer) {
        return new RunResult(
                "migrate",
                outcome,
                "",
                new RunResult.Effect(
                        Touched.YES, Optional.of(new SchemaState.Pending(2)), Optional.of(new SchemaState.UpToDate())),
                new RunResult.Took(Duration.ofMillis(3_400), Duration.ofSeconds(1)),
                Optional.of(answer));
    }

    static List<Event> events() {
        List<Blocker> blockers = List.of(Blocker.described("pid 7"));
        return List.of(
                new Event.RunStarted("migrate", "1.0", "/changelog/changelog-root.yaml"),
                new ConnectionEvent.Connected("db:5432/app", "owner", "PostgreSQL 17.2"),
                new Event.StateRead(new SchemaState.Pending(16)),
                new ChangeSetEvent.Pending(QUEUES),
                new ChangeSetEvent.Started(QUEUES, THIRD),
                new ChangeSetEvent.Applied(QUEUES, THIRD, "EXECUTED", Duration.ofMillis(12), 40, Optional.empty()),
                new ChangeSetEvent.Skipped(QUEUES, THIRD, "its precondition failed"),
                new ChangeSetEvent.Retried(FAILED, 1, 31, Duration.ofMillis(500), blockers),
                new ChangeSetEvent.Failed(FAILED, THIRD, Duration.ofSeconds(2)),
                new ChangeSetEvent.Progress(
                        QUEUES,
                        Duration.ofSeconds(65),
                        Optional.of("building index"),
                        Optional.of(50.44),
                        Optional.empty()),
                new ConnectionEvent.LockWaiting(
                        "ACCESS EXCLUSIVE on jobs", blockers, Duration.ofSeconds(1), Optional.of(QUEUES)),
                new ConnectionEvent.Lost("terminated"),
                new ConnectionEvent.Notice("NOTICE", "00000", "half done", Optional.of(QUEUES)),
                new Event.Finding(Event.Level.WARN, "changes/x.sql::1::team", "it commits by itself"),
                new Event.Message(Event.Level.WARN, "The row is old."),
                new Event.LibraryLog(Event.Level.WARN, "liquibase.x", "odd", Optional.of("trace")),
                new Event.RunFinished(result(
                        new Outcome.Done("1 change set applied."),
                        new Answer.Migrated(
                                List.of(new Answer.Applied(QUEUES.id(), "EXECUTED", Duration.ofMillis(12), 40)),
                                List.of(),
                                List.of(),
                                2))));
    }
}
