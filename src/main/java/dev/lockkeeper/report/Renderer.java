package dev.lockkeeper.report;

import dev.lockkeeper.model.event.Event;
import java.util.List;

/** Turns an event into the lines that report it, without secrets. */
interface Renderer {

    /** The lines, none if this form doesn't show such an event. */
    List<String> lines(Event event);
}
