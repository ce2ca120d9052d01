package dev.lockkeeper.report;

import dev.lockkeeper.model.Counted;
import dev.lockkeeper.model.Event;
import dev.lockkeeper.model.RunResult;
import dev.lockkeeper.model.Touched;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The same for a person. */
final class TextRenderer implements Renderer {
    /** What could move a terminal's cursor or repaint it; our own colours are the only ones that pass. */
    private static final Pattern CONTROL =
            Pattern.compile("\u001b(?!\\[(?:0|32|33|31;1)m)|[\\p{Cntrl}&&[^\\n\\t\u001b]]");

    private final Ink ink;
    private final Redactor redactor;

    TextRenderer(Ink ink, Redactor redactor) {
        this.ink = ink;
        this.redactor = redactor;
    }

    @Override
    public List<String> lines(Event event) {
        return told(event).stream()
                .map(line -> CONTROL.matcher(redactor.redacted(line)).replaceAll(""))
                .toList();
    }

    private List<String> told(Event event) {
        if (event instanceof Event.RunStarted started) {
            return List.of("Lockkeeper " + started.version() + ": " + started.command() + " of " + started.changelog());
        } else if (event instanceof Event.Connected connected) {
            return List.of(
                    "Connected to " + connected.address() + " as " + connected.user() + ", " + connected.server());
        } else if (event instanceof Event.StateRead read) {
            return List.of(
                    "State before: " + read.state().word() + ". " + read.state().sentence());
        } else if (event instanceof Event.RunFinished finished) {
            return end(finished.result());
        }
        return aboutChangeSets(event);
    }

    private List<String> aboutChangeSets(Event event) {
        if (event instanceof Event.ChangeSetStarted started) {
            String counter = "[" + started.number() + "/" + started.total() + "] ";
            return List.of(counter + started.changeSet().id());
        } else if (event instanceof Event.ChangeSetApplied applied) {
            String verb = applied.execType().equals("MARK_RAN") ? "marked as ran, not run" : "applied";
            String rows = applied.rows() > 0 ? ", " + Counted.of(applied.rows(), "row") : "";
            return List.of(ink.good("    " + verb) + " in " + Elapsed.text(applied.duration()) + rows);
        } else if (event instanceof Event.ChangeSetSkipped skipped) {
            return List.of(ink.odd("    skipped") + " " + skipped.id() + ": " + skipped.reason());
        } else if (event instanceof Event.ChangeSetFailed failed) {
            return List.of(ink.bad("    failed") + " after " + Elapsed.text(failed.duration()));
        } else if (event instanceof Event.ChangeSetRetried retried) {
            return List.of(ink.odd("    rolled back") + ", attempt " + retried.attempt() + " of " + retried.attempts()
                    + ": " + retried.failed().message() + ". Again in " + Elapsed.text(retried.pause()) + ".");
        } else if (event instanceof Event.ChangeSetPending pending) {
            return List.of("    pending " + pending.changeSet().id()
                    + (pending.changeSet().transactional() ? "" : " (not in a transaction)"));
        }
        return other(event);
    }

    private List<String> other(Event event) {
        if (event instanceof Event.LockWaiting waiting) {
            List<String> lines = new ArrayList<>();
            lines.add((waiting.changeSet() == null ? "" : "    ") + ink.odd("waiting") + " for " + waiting.what() + ", "
                    + Elapsed.text(waiting.waited()) + " so far");
            waiting.blockers().forEach(blocker -> lines.add("      held by " + blocker.sentence()));
            return lines;
        } else if (event instanceof Event.Progress progress) {
            return List.of("    " + ProgressLine.of(progress));
        } else if (event instanceof Event.ConnectionLost lost) {
            return List.of(ink.odd("Connection lost") + " (" + lost.reason() + "). Connecting again.");
        } else if (event instanceof Event.Notice notice) {
            return List.of(
                    "    " + notice.severity() + ": " + notice.message().strip().replace("\n", "\n        "));
        } else if (event instanceof Event.Finding finding) {
            return List.of((finding.level() == Event.Level.WARN ? ink.odd("Warning") : "Note") + " " + finding.where()
                    + ": " + finding.what());
        } else if (event instanceof Event.Message message) {
            return List.of(
                    message.level() == Event.Level.WARN ? ink.odd("Warning") + " " + message.text() : message.text());
        } else if (event instanceof Event.LibraryLog log) {
            String line = log.level().name() + " " + log.logger() + ": " + log.text();
            return log.stackTrace().map(trace -> List.of(line, trace)).orElse(List.of(line));
        }
        throw new IllegalStateException("no text for " + event.getClass());
    }

    private List<String> end(RunResult result) {
        int code = result.outcome().exitCode().number();
        List<String> lines = new ArrayList<>();
        String word = result.outcome().exitCode().word().toUpperCase(Locale.ROOT);
        lines.add("");
        lines.add(code == 0 ? ink.good(word) : ink.bad(word + " (exit code " + code + ")"));
        lines.add(result.outcome().happened());
        lines.add(touched(result));
        result.after().ifPresent(state -> lines.add("State after: " + state.word() + ". " + state.sentence()));
        if (!result.whatNow().isEmpty()) {
            lines.add("What now: " + result.whatNow());
        }
        lines.add("Took " + Elapsed.text(result.duration())
                + (result.lockWait().toMillis() > 0
                        ? ", of which " + Elapsed.text(result.lockWait()) + " waiting for another runner"
                        : ""));
        return lines;
    }

    private static String touched(RunResult result) {
        String applied = result.applied().isEmpty()
                ? ""
                : ", " + Counted.of(result.applied().size(), "change set") + " applied";
        return "Database touched: " + result.touched().word()
                + (result.touched() == Touched.UNKNOWN
                        ? ": the last commit may have landed; the history says"
                        : applied);
    }
}
