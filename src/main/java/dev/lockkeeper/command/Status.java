package dev.lockkeeper.command;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.parse.ChangelogParser;
import dev.lockkeeper.model.ExitCode;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.SchemaState;
import dev.lockkeeper.model.event.ChangeSetEvent;
import dev.lockkeeper.postgres.history.MigrationLock;
import dev.lockkeeper.run.Inspection;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.session.Opened;
import dev.lockkeeper.run.session.Refusal;
import dev.lockkeeper.run.session.Session;
import dev.lockkeeper.settings.CommandOption;
import dev.lockkeeper.settings.Problems;
import dev.lockkeeper.settings.Values;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

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
            showRunner(run, opened.session());
            Optional<Refused.StateRefused> refused = Refusal.of(run, found);
            if (refused.isPresent()) {
                return check
                        ? refused.get()
                        : answered(refused.get().happened(), refused.get().fix());
            }
            return check && !found.comparison().pending().isEmpty()
                    ? new Outcome.Answered(
                            ExitCode.PENDING,
                            new SchemaState.Pending(found.comparison().pending().size()).sentence(),
                            "Run migrate.")
                    : answered(found.state().sentence(), whatNow(found.state()));
        }
    }

    /** Another session that holds the migration lock: a migration is running, so the state is about to change. */
    private static void showRunner(Run run, Session session) throws SQLException {
        new MigrationLock(session.connection(), session.history())
                .holders()
                .forEach(holder -> run.say("A migration is running: the migration lock is held by " + holder.sentence()
                        + ". What is shown here is what it has committed so far."));
    }

    private static Outcome answered(String happened, String whatNow) {
        return new Outcome.Answered(ExitCode.DONE, happened, whatNow);
    }

    private static String whatNow(SchemaState state) {
        return state instanceof SchemaState.Ahead
                ? "Nothing, if this is an older image after a rollback of the app, or if several changelogs share the"
                        + " history. Otherwise use the image that knows these rows."
                : "";
    }
}
