package dev.lockkeeper.report;

import dev.lockkeeper.model.event.ChangeSetEvent;
import dev.lockkeeper.model.event.ConnectionEvent;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.text.Elapsed;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Events as text for a person, on a terminal or in a file. */
final class TextRenderer implements Renderer, Event.Visitor<List<String>>, ConnectionEvent.Visitor<List<String>> {
    /** What could move a terminal's cursor or repaint it; our own colours are the only ones that pass. */
    private static final Pattern CONTROL =
            Pattern.compile("\u001b(?!\\[(?:0|32|33|31;1)m)|[\\p{Cntrl}\\x80-\\x9f&&[^\\n\\t\u001b]]");

    /** A line within a message: not one of ours, whatever the server or a library says in it. */
    private static final Pattern CONTINUED = Pattern.compile("\n(?=\\S)");

    private final Ink ink;
    private final Redactor redactor;
    private final ChangeSetText changeSets;

    /** A renderer; {@code overwrites} if the line of what is under way is overwritten by the next one. */
    TextRenderer(Ink ink, Redactor redactor, boolean overwrites) {
        this.ink = ink;
        this.redactor = redactor;
        this.changeSets = new ChangeSetText(ink, overwrites);
    }

    @Override
    public List<String> lines(Event event) {
        boolean ours = event instanceof Event.RunFinished;
        return event.accept(this).stream()
                .map(line -> CONTROL.matcher(redactor.redacted(line)).replaceAll(""))
                .map(line -> ours ? line : CONTINUED.matcher(line).replaceAll("\n    "))
                .toList();
    }

    @Override
    public List<String> runStarted(Event.RunStarted event) {
        return List.of("Lockkeeper " + event.version() + ": " + event.command() + " of " + event.changelog());
    }

    @Override
    public List<String> stateRead(Event.StateRead event) {
        return List.of(
                "State before: " + event.state().word() + ". " + event.state().sentence());
    }

    @Override
    public List<String> changeSet(ChangeSetEvent event) {
        return event.accept(changeSets);
    }

    @Override
    public List<String> connection(ConnectionEvent event) {
        return event.accept((ConnectionEvent.Visitor<List<String>>) this);
    }

    @Override
    public List<String> connected(ConnectionEvent.Connected event) {
        return List.of("Connected to " + event.address() + " as " + event.user() + ", " + event.server());
    }

    @Override
    public List<String> lockWaiting(ConnectionEvent.LockWaiting event) {
        String waiting =
                ink.warning("waiting") + " for " + event.what() + ", " + Elapsed.text(event.waited()) + " so far";
        List<String> lines = new ArrayList<>();
        lines.add(event.changeSet()
                .map(changeSet -> ChangeSetText.within(changeSet, waiting))
                .orElse(waiting));
        event.blockers().forEach(blocker -> lines.add("      held by " + blocker.sentence()));
        return lines;
    }

    @Override
    public List<String> lost(ConnectionEvent.Lost event) {
        return List.of(ink.warning("Connection lost") + " (" + event.reason() + "). Connecting again.");
    }

    @Override
    public List<String> notice(ConnectionEvent.Notice event) {
        String text = event.severity() + ": " + event.message().strip().replace("\n", "\n        ");
        return List.of(event.changeSet()
                .map(changeSet -> ChangeSetText.within(changeSet, text))
                .orElse("    " + text));
    }

    @Override
    public List<String> finding(Event.Finding event) {
        String word = switch (event.level()) {
            case ERROR -> ink.bad("Error");
            case WARN -> ink.warning("Warning");
            case INFO, DEBUG -> "Note";
        };
        return List.of(word + " " + event.where() + ": " + event.what());
    }

    @Override
    public List<String> message(Event.Message event) {
        String line = event.level() == Event.Level.WARN ? ink.warning("Warning") + " " + event.text() : event.text();
        return event.stackTrace().map(trace -> List.of(line, trace)).orElse(List.of(line));
    }

    @Override
    public List<String> libraryLog(Event.LibraryLog event) {
        String line = event.level().name() + " " + event.logger() + ": " + event.text();
        return event.stackTrace().map(trace -> List.of(line, trace)).orElse(List.of(line));
    }

    @Override
    public List<String> runFinished(Event.RunFinished event) {
        return new ResultText(ink).lines(event.result());
    }
}
