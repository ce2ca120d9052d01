package dev.lockkeeper.report;

import dev.lockkeeper.model.Event;
import java.util.List;

/** Turns an event into the lines that tell it, without secrets. */
interface Renderer {

    /** The lines, none where this form doesn't tell such an event. */
    List<String> lines(Event event);
}
