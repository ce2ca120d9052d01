package dev.lockkeeper.report;

import dev.lockkeeper.model.event.ChangeSetEvent;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.settings.ReportSettings;
import java.io.PrintStream;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * Writes events as they arrive: whole lines, from any thread, with secrets taken out.
 *
 * <p>Several threads report, and some hold a lock of their own while they do: the notice poller its own, and a
 * library's logger that of Logback's appender. The reporter's lock is always the last one taken: nothing that it calls
 * (renderer, redactor, stream) may report, or wait for another lock.
 */
public final class Reporter implements Consumer<Event> {
    /** Back to the line's beginning, and erase it (ECMA-48, EL). */
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final Event.Level level;
    private final Renderer renderer;

    /** True if the line of what is under way is overwritten by the next one. */
    private final boolean overwrites;

    private boolean lineOpen;

    private Reporter(PrintStream out, Event.Level level, Renderer renderer, boolean overwrites) {
        this.out = out;
        this.level = level;
        this.renderer = renderer;
        this.overwrites = overwrites;
    }

    /** A reporter in the form that the settings ask for. */
    public static Reporter of(ReportSettings settings, PrintStream out, Redactor redactor) {
        boolean overwrites = settings.format() == ReportSettings.Format.TEXT && settings.terminal();
        Renderer renderer = settings.format() == ReportSettings.Format.JSON
                ? new JsonRenderer(Clock.systemUTC(), settings.metricsNamespace(), redactor)
                : new TextRenderer(new Ink(settings.colour()), redactor, overwrites);
        return new Reporter(out, settings.level(), renderer, overwrites);
    }

    @Override
    public synchronized void accept(Event event) {
        boolean last = event instanceof Event.RunFinished;
        if (last || event.level().compareTo(level) >= 0) {
            boolean open =
                    overwrites && (event instanceof ChangeSetEvent.Progress || event instanceof ChangeSetEvent.Started);
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
