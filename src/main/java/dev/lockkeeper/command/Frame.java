package dev.lockkeeper.command;

import dev.lockkeeper.changelog.apply.ChangeSetFailure;
import dev.lockkeeper.model.Event;
import dev.lockkeeper.model.FailedChangeSet;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Interrupted;
import dev.lockkeeper.model.NotApplied;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.RunResult;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.Stop;
import dev.lockkeeper.run.Tally;
import dev.lockkeeper.run.Underway;
import dev.lockkeeper.secrets.AwsEnvironment;
import dev.lockkeeper.settings.Durations;
import dev.lockkeeper.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Around every command: it begins, it ends in exactly one outcome, and both are told. */
public final class Frame {
    private static final List<String> SECRET_NAMES = List.of("pass", "pwd", "secret", "token", "key", "credential");

    private final Settings settings;
    private final String version;
    private final Consumer<Event> events;
    private final Stop stop;
    private final Underway underway = new Underway();
    private final Tally tally;

    public Frame(Settings settings, String version, Consumer<Event> events, Stop stop) {
        this.settings = settings;
        this.version = version;
        this.events = events;
        this.stop = stop;
        this.tally = new Tally(events, underway);
    }

    /** Performs the task, whatever happens on the way. */
    public RunResult perform(Task task, Map<String, String> environment, Consumer<String> hide) {
        long begun = System.nanoTime();
        events.accept(new Event.RunStarted(
                task.name(),
                version,
                settings.changelog().location().root() + "/"
                        + settings.changelog().location().file()));
        hideParameters(hide);
        warnings();
        settings.limits().deadline().ifPresent(this::startClock);
        Outcome outcome =
                outcome(task, new Run(settings, new AwsEnvironment(environment), events, hide, stop, tally, underway));
        return new RunResult(
                task.name(),
                outcome,
                Advice.after(task.name(), outcome),
                tally.touched(outcome instanceof Interrupted.ConnectionLost),
                tally.before(),
                tally.after(),
                tally.applied(),
                tally.skipped(),
                tally.pending(),
                Duration.ofNanos(System.nanoTime() - begun),
                tally.lockWait(),
                tally.retries());
    }

    /** Changelog parameters end up in SQL, and SQL in messages; what is named like a secret is treated as one. */
    private void hideParameters(Consumer<String> hide) {
        settings.changelog().parameters().forEach((name, value) -> {
            if (SECRET_NAMES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::contains)) {
                hide.accept(value);
            }
        });
    }

    private void warnings() {
        settings.warnings().forEach(text -> events.accept(new Event.Message(Event.Level.WARN, text)));
        settings.unknownVariables().forEach(text -> events.accept(new Event.Message(Event.Level.WARN, text)));
    }

    private void startClock(Duration deadline) {
        Thread clock = new Thread(
                () -> {
                    if (stop.ending().await(deadline).isEmpty()) {
                        stop.request(Stop.Reason.DEADLINE);
                    }
                },
                "deadline");
        clock.setDaemon(true);
        clock.start();
    }

    private Outcome outcome(Task task, Run run) {
        try {
            return task.perform(run);
        } catch (ChangeSetFailure e) {
            trace(e);
            return interrupted().orElseGet(() -> judged(e));
        } catch (Failure e) {
            trace(e);
            return interrupted().orElse(e.outcome());
        } catch (SQLException e) {
            trace(e);
            return interrupted().orElseGet(() -> outsideChangeSets(e));
        } catch (OutOfMemoryError e) {
            return new Outcome.Defect("there wasn't enough memory; give the task more, or split large changelog files");
        } catch (RuntimeException | StackOverflowError e) {
            trace(e);
            return interrupted().orElseGet(() -> new Outcome.Defect(e.toString()));
        }
    }

    private Optional<Outcome> interrupted() {
        return stop.reason().map(reason -> switch (reason) {
            case SIGNAL -> new Interrupted.Stopped(underway.current(), tally.unheard());
            case DEADLINE ->
                new Interrupted.DeadlinePassed(
                        settings.limits().deadline().map(Durations::format).orElse(""),
                        underway.current(),
                        tally.unheard());
        });
    }

    private Outcome judged(ChangeSetFailure e) {
        Duration elapsed = underway.elapsed();
        FailedChangeSet failed =
                timedOut(e.failed(), elapsed) ? e.failed().as(FailedChangeSet.Kind.STATEMENT_TIMEOUT) : e.failed();
        events.accept(new Event.ChangeSetFailed(failed, elapsed));
        return SqlStates.connectionLost(failed.sqlState())
                ? new Interrupted.ConnectionLost(failed.message(), Optional.of(failed.changeSet()))
                : new NotApplied.ChangeSetFailed(failed);
    }

    /** The server has one SQLSTATE for every cancelled statement, and a translated text: our own setting tells more. */
    private boolean timedOut(FailedChangeSet failed, Duration elapsed) {
        return failed.kind() == FailedChangeSet.Kind.CANCELED
                && settings.limits()
                        .statementTimeout()
                        .filter(limit -> elapsed.compareTo(limit) >= 0)
                        .isPresent();
    }

    private Outcome outsideChangeSets(SQLException e) {
        String said = String.valueOf(e.getMessage());
        if (SqlStates.inTheWay(e.getSQLState())) {
            return new Outcome.HistoryLocked(said + " (SQLSTATE " + e.getSQLState() + ")");
        }
        return SqlStates.connectionLost(e.getSQLState())
                ? new Interrupted.ConnectionLost(said, underway.current())
                : new Outcome.DatabaseUnusable(
                        "The database said: " + said + " (SQLSTATE " + e.getSQLState() + ")",
                        SqlStates.INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())
                                ? "Grant it: status and validate need SELECT on the history table, migrate its owner's"
                                        + " rights (or name the owning role by LOCKKEEPER_ROLE)."
                                : "Fix that and run this again.");
    }

    private void trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        events.accept(new Event.LibraryLog(
                Event.Level.DEBUG, Frame.class.getName(), "The run ended by", Optional.of(text.toString())));
    }
}
