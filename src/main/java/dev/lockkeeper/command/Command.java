package dev.lockkeeper.command;

import dev.lockkeeper.changelog.failure.ChangeSetFailure;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.settings.CommandOption;
import dev.lockkeeper.settings.Problems;
import dev.lockkeeper.settings.Setting;
import dev.lockkeeper.settings.Values;
import dev.lockkeeper.settings.Variable;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One command: what the help says of it, the options it takes in addition to the common ones, and what it does. */
public interface Command {

    /** The word that calls it on the command line. */
    String name();

    /** One sentence for the help and the README. */
    String description();

    /** The options that it takes in addition to the common ones, in the order of the help. */
    default List<CommandOption> options() {
        return List.of();
    }

    /** All settings that it takes: its own, then the common ones. */
    default List<Setting> settings() {
        return Stream.<Setting>concat(options().stream(), Arrays.stream(Variable.values()))
                .toList();
    }

    /** Whether it reads the changelog, so that one must exist. */
    default boolean readsChangelog() {
        return true;
    }

    /**
     * Reads the command's own options and does nothing else, so that everything wrong with a call is reported at once.
     *
     * @param problems gets what is wrong; if anything is, the work isn't performed
     */
    Work prepare(Values values, Problems problems);

    /** The command with its settings, ready to run. */
    interface Work {

        /**
         * Does it.
         *
         * @throws Failure if it ended in any other way than success
         * @throws ChangeSetFailure if a change set failed
         * @throws SQLException if the database reported an error outside any change set
         */
        Outcome perform(Run run) throws Failure, ChangeSetFailure, SQLException;
    }
}
