package dev.lockkeeper.run.watch;

import dev.lockkeeper.model.Blocker;
import java.util.List;

/**
 * Who was last seen in the way of the change set under way. The watch thread writes it, the main thread reads it when a
 * change set has failed.
 */
final class LastBlockers {
    private volatile List<Blocker> all = List.of();

    void remember(List<Blocker> blockers) {
        all = List.copyOf(blockers);
    }

    void forget() {
        all = List.of();
    }

    List<Blocker> all() {
        return all;
    }
}
