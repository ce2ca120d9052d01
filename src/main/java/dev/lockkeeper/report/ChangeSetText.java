package dev.lockkeeper.report;

import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.event.ChangeSetEvent;
import dev.lockkeeper.model.event.Place;
import dev.lockkeeper.text.Counted;
import dev.lockkeeper.text.Elapsed;
import java.util.List;

/** The events of a change set as text: one line when it is applied, and others only if there is something to say. */
final class ChangeSetText implements ChangeSetEvent.Visitor<List<String>> {
    private final Ink ink;

    /** True if the line of the change set under way is overwritten by the next one. */
    private final boolean overwrites;

    ChangeSetText(Ink ink, boolean overwrites) {
        this.ink = ink;
        this.overwrites = overwrites;
    }

    /** A line about a change set that hasn't ended, or from within it. */
    static String within(ChangeSetInfo changeSet, String text) {
        return "    " + changeSet.name() + ": " + text;
    }

    private static String place(Place place, ChangeSetInfo changeSet) {
        return "[" + place.number() + "/" + place.total() + "] " + changeSet.name();
    }

    @Override
    public List<String> pending(ChangeSetEvent.Pending event) {
        return List.of("    pending " + event.changeSet().name()
                + (event.changeSet().transactional() ? "" : " (not in a transaction)"));
    }

    @Override
    public List<String> started(ChangeSetEvent.Started event) {
        return overwrites ? List.of(place(event.place(), event.changeSet())) : List.of();
    }

    @Override
    public List<String> applied(ChangeSetEvent.Applied event) {
        String line = place(event.place(), event.changeSet()) + " ";
        if (event.execType().equals("MARK_RAN")) {
            return List.of(line + ink.good("marked as ran") + ", not run" + remark(event));
        }
        String rows = event.rows() > 0 ? ", " + Counted.of(event.rows(), "row") : "";
        return List.of(line + ink.good("applied") + " in " + Elapsed.text(event.duration()) + rows + remark(event));
    }

    private static String remark(ChangeSetEvent.Applied event) {
        return event.remark().map(remark -> ": " + remark).orElse("");
    }

    @Override
    public List<String> skipped(ChangeSetEvent.Skipped event) {
        return List.of(ink.warning("Warning") + " " + place(event.place(), event.changeSet()) + " was skipped: "
                + event.reason());
    }

    @Override
    public List<String> retried(ChangeSetEvent.Retried event) {
        return List.of(within(
                event.changeSet(),
                ink.warning("rolled back") + ", attempt " + event.attempt() + " of " + event.attempts() + ": "
                        + event.failed().message() + ". Next attempt in " + Elapsed.text(event.pause()) + "."));
    }

    @Override
    public List<String> failed(ChangeSetEvent.Failed event) {
        return List.of(place(event.place(), event.changeSet()) + " " + ink.bad("failed") + " after "
                + Elapsed.text(event.duration()));
    }

    @Override
    public List<String> progress(ChangeSetEvent.Progress event) {
        return List.of(within(event.changeSet(), ProgressLine.of(event)));
    }
}
