package dev.lockkeeper.report;

import dev.lockkeeper.model.Event;
import dev.lockkeeper.settings.ReportSettings;
import java.io.PrintStream;
import java.time.Clock;
import java.util.function.Consumer;

/** Writes events as they come, whole lines from any thread, with secrets taken out. */
public final class Reporter implements Consumer<Event> {
    private final PrintStream out;
    private final Event.Level level;
    private final Renderer renderer;
    private final Redactor redactor;

    private Reporter(PrintStream out, Event.Level level, Renderer renderer, Redactor redactor) {
        this.out = out;
        this.level = level;
        this.renderer = renderer;
        this.redactor = redactor;
    }

    /** A reporter of the form that the settings ask for. */
    public static Reporter of(ReportSettings settings, PrintStream out, Redactor redactor) {
        Renderer renderer = settings.format() == ReportSettings.Format.JSON
                ? new JsonRenderer(Clock.systemUTC(), settings.metricsNamespace())
                : new TextRenderer(new Ink(settings.colour()));
        return new Reporter(out, settings.level(), renderer, redactor);
    }

    @Override
    public synchronized void accept(Event event) {
        boolean last = event instanceof Event.RunFinished;
        if (last || event.level().compareTo(level) >= 0) {
            renderer.lines(event).forEach(line -> out.println(redactor.redacted(line)));
            out.flush();
        }
    }
}
