package dev.lockkeeper.command;

import dev.lockkeeper.model.Interrupted;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.model.event.RunResult;
import dev.lockkeeper.model.event.Touched;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.Stop;
import dev.lockkeeper.run.Tally;
import dev.lockkeeper.run.Underway;
import dev.lockkeeper.secrets.AwsEnvironment;
import dev.lockkeeper.settings.Settings;
import dev.lockkeeper.time.Stopwatch;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs a command, turns whatever it throws into one outcome, and reports start and end. */
public final class Execution {
    private final Settings settings;
    private final String version;
    private final Consumer<Event> events;
    private final Stop stop;

    public Execution(Settings settings, String version, Consumer<Event> events, Stop stop) {
        this.settings = settings;
        this.version = version;
        this.events = events;
        this.stop = stop;
    }

    /**
     * Performs a command's work; throws nothing.
     *
     * @param environment for the AWS SDK
     * @param hide hides a secret from all output from now on
     */
    public RunResult perform(
            String command, Command.Work work, Map<String, String> environment, Consumer<String> hide) {
        Stopwatch stopwatch = Stopwatch.started();
        events.accept(new Event.RunStarted(
                command,
                version,
                settings.changelog().location().root() + "/"
                        + settings.changelog().location().file()));
        SecretParameters.in(settings.changelog().parameters()).forEach(hide);
        warnings();
        settings.limits().deadline().ifPresent(this::startClock);
        Underway underway = new Underway();
        Tally tally = new Tally(events, underway);
        Run run = new Run(settings, new AwsEnvironment(environment), events, hide, stop, tally, underway);
        Outcome outcome = outcome(work, run);
        RunResult.Effect effect = new RunResult.Effect(
                tally.touched(outcome instanceof Interrupted.ConnectionLost), tally.before(), tally.after());
        RunResult.Took took = new RunResult.Took(stopwatch.elapsed(), tally.lockWait());
        return new RunResult(command, outcome, Advice.after(command, outcome), effect, took, tally.answer());
    }

    /** The result of a command that can't begin. */
    public static RunResult rejected(String command, Refused.BadInput input) {
        return new RunResult(
                command,
                input,
                Advice.after(command, input),
                RunResult.Effect.NONE,
                RunResult.Took.NOTHING,
                Optional.empty());
    }

    /** The result of a program that failed outside its work. What that meant for the database isn't known here. */
    public static RunResult failed(Throwable thrown) {
        Outcome defect = new Outcome.Defect(Defects.said(thrown));
        return new RunResult(
                "",
                defect,
                Advice.after("", defect),
                new RunResult.Effect(Touched.UNKNOWN, Optional.empty(), Optional.empty()),
                RunResult.Took.NOTHING,
                Optional.empty());
    }

    private static Outcome outcome(Command.Work work, Run run) {
        return new Endings(run).judge(() -> work.perform(run));
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
        clock.setUncaughtExceptionHandler(stop::died);
        clock.start();
    }
}
