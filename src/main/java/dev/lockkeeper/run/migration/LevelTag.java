package dev.lockkeeper.run.migration;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.run.Inspection;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.session.Inspector;
import dev.lockkeeper.run.session.Opened;
import dev.lockkeeper.sql.Written;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The tag that marks the level a migration reached. A history row holds only one tag, so it is set only if this run
 * reached the level.
 */
final class LevelTag {
    private final Run run;
    private final Optional<String> name;

    LevelTag(Run run, Optional<String> name) {
        this.run = run;
        this.name = name;
    }

    /** True if a run was killed between its last change set and its tag: the next run sets it. */
    boolean isMissing(Inspection found) {
        return name.isPresent()
                && found.rows().filter(rows -> !rows.isEmpty()).isPresent()
                && found.lastTag().isEmpty();
    }

    /**
     * Sets it, if something was applied or it is missing.
     *
     * @return the tag if it was set
     */
    Optional<String> set(Opened opened) throws Failure, SQLException {
        if (name.isEmpty()) {
            return name;
        }
        if (run.tally().applied().isEmpty() && !isMissing(Inspector.inspect(opened.session(), opened.changelog()))) {
            warnNotSet("nothing was applied");
            return Optional.empty();
        }
        opened.historyWriter().tag(name.get());
        run.tally().wrote(Written.CERTAIN);
        return name;
    }

    /** Warns that it wasn't set, if one was asked for. */
    void warnNotSet(String why) {
        name.ifPresent(tag -> run.warn("Tag " + tag + " wasn't set: " + why
                + ", and a second tag would overwrite the one this level has. Use the command tag to do that."));
    }
}
