package dev.lockkeeper.run.watch;

import dev.lockkeeper.model.event.ChangeSetEvent;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.postgres.Activity;
import java.util.function.Consumer;

/** Reports how far a long statement is. Only the watch thread uses it. */
final class ProgressTeller implements Look {
    private final Consumer<Event> events;
    private final ProgressPace pace;

    ProgressTeller(Consumer<Event> events, boolean terminal) {
        this.events = events;
        this.pace = new ProgressPace(terminal);
    }

    @Override
    public void at(Sight sight) {
        if (!sight.waitsForLock() && pace.due(sight.elapsed())) {
            events.accept(new ChangeSetEvent.Progress(
                    sight.changeSet(),
                    sight.elapsed(),
                    sight.activity().flatMap(Activity::phase),
                    sight.activity().flatMap(Activity::percent),
                    sight.batchRows()));
        }
    }
}
