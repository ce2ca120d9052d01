package dev.lockkeeper.report;

import dev.lockkeeper.model.Event;
import dev.lockkeeper.settings.ReportSettings;
import java.io.PrintStream;
import java.time.Clock;
import java.util.function.Consumer;

/** Writes events as they come, whole lines from any thread, with secrets taken out. */
public final class Reporter implements Consumer<Event> {
    /** Back to the line's beginning, and erase it (ECMA-48, EL). */
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final Event.Level level;
    private final Renderer renderer;

    /** True where progress is one line that is written over again and again. */
    private final boolean overwrites;

    private boolean lineOpen;

    private Reporter(PrintStream out, Event.Level level, Renderer renderer, boolean overwrites) {
        this.out = out;
        this.level = level;
        this.renderer = renderer;
        this.overwrites = overwrites;
    }

    /** A reporter of the form that the settings ask for. */
    public static Reporter of(ReportSettings settings, PrintStream out, Redactor redactor) {
        Renderer renderer = settings.format() == ReportSettings.Format.JSON
                ? new JsonRenderer(Clock.systemUTC(), settings.metricsNamespace(), redactor)
                : new TextRenderer(new Ink(settings.colour()), redactor);
        boolean overwrites = settings.format() == ReportSettings.Format.TEXT && settings.terminal();
        return new Reporter(out, settings.level(), renderer, overwrites);
    }

    @Override
    public synchronized void accept(Event event) {
        boolean last = event instanceof Event.RunFinished;
        if (last || event.level().compareTo(level) >= 0) {
            boolean open = overwrites && event instanceof Event.Progress;
            for (String line : renderer.lines(event)) {
                write(line, open);
            }
            out.flush();
        }
    }

    private void write(String line, boolean open) {
        if (lineOpen) {
            out.print(CLEAR_LINE);
        }
        out.print(open ? line : line + System.lineSeparator());
        lineOpen = open;
    }
}
