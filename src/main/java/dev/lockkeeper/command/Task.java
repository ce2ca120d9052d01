package dev.lockkeeper.command;

import dev.lockkeeper.changelog.apply.ChangeSetFailure;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.run.Run;
import java.sql.SQLException;

/** What one command does. */
public interface Task {

    /** The command's name, for the report. */
    String name();

    /** Does it; {@link Execution} turns every exception into an outcome. */
    Outcome perform(Run run) throws Failure, ChangeSetFailure, SQLException;
}
