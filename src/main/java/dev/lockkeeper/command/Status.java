package dev.lockkeeper.command;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.parse.ChangelogParser;
import dev.lockkeeper.model.ExitCode;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.SchemaState;
import dev.lockkeeper.model.event.ChangeSetEvent;
import dev.lockkeeper.run.Inspection;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.session.Opened;
import dev.lockkeeper.run.session.Refusal;
import dev.lockkeeper.settings.CommandOption;
import dev.lockkeeper.settings.Problems;
import dev.lockkeeper.settings.Values;
import java.sql.SQLException;
import java.util.List;

/** Shows the schema's state and what is pending, and touches nothing. */
public final class Status implements Command {
    private static final CommandOption CHECK =
            CommandOption.flag("--check", "exit 10 if something is pending").orVariable("LOCKKEEPER_CHECK");

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String description() {
        return "Shows the schema's state and what is pending; touches nothing.";
    }

    @Override
    public List<CommandOption> options() {
        return List.of(CHECK);
    }

    @Override
    public Work prepare(Values values, Problems problems) {
        boolean check = values.flag(CHECK);
        return run -> perform(run, check);
    }

    private static Outcome perform(Run run, boolean check) throws Failure, SQLException {
        Changelog offline = ChangelogParser.parse(run.settings().changelog());
        try (Opened opened = Opened.reading(run, offline)) {
            Inspection found = opened.found();
            run.tally().after(found);
            found.comparison().pending().forEach(one -> run.events().accept(new ChangeSetEvent.Pending(one)));
            Refusal.warn(run, found);
            if (check) {
                return checked(run, found);
            }
            return new Outcome.Done(
                    found.state() instanceof SchemaState.Inconsistent inconsistent
                            ? inconsistent.details()
                            : found.state().sentence());
        }
    }

    private static Outcome checked(Run run, Inspection found) throws Failure {
        Refusal.check(run, found);
        return found.comparison().pending().isEmpty()
                ? new Outcome.Done(found.state().sentence())
                : new Outcome.Answered(
                        ExitCode.PENDING,
                        new SchemaState.Pending(found.comparison().pending().size()).sentence(),
                        "Run migrate.");
    }
}
