package dev.lockkeeper.command;

import dev.lockkeeper.model.Blocker;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.postgres.history.MigrationLock;
import dev.lockkeeper.postgres.history.PlainLiquibaseLock;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.session.Session;
import dev.lockkeeper.settings.CommandOption;
import dev.lockkeeper.settings.Problems;
import dev.lockkeeper.settings.Values;
import dev.lockkeeper.sql.Written;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Shows who holds the migration lock or plain Liquibase's lock row; with {@code --confirm} ends that. */
public final class Unlock implements Command {
    /** Its variable is older than the rule that a confirmation has none, and confirms this command only. */
    private static final CommandOption CONFIRM = CommandOption.flag(
                    "--confirm", "end the holder's session, clear the lock row")
            .orVariable("LOCKKEEPER_CONFIRM");

    @Override
    public String name() {
        return "unlock";
    }

    @Override
    public String description() {
        return "Shows who holds the migration lock or plain Liquibase's lock row.";
    }

    @Override
    public List<CommandOption> options() {
        return List.of(CONFIRM);
    }

    @Override
    public boolean readsChangelog() {
        return false;
    }

    @Override
    public Work prepare(Values values, Problems problems) {
        boolean confirm = values.flag(CONFIRM);
        return run -> perform(run, confirm);
    }

    private static Outcome perform(Run run, boolean confirm) throws Failure, SQLException {
        try (Session session = confirm ? Session.writing(run) : Session.reading(run)) {
            MigrationLock lock = new MigrationLock(session.connection(), session.history());
            PlainLiquibaseLock stock = new PlainLiquibaseLock(session.connection(), session.history());
            List<Blocker> holders = lock.holders();
            Optional<String> row = stock.holder();
            if (holders.isEmpty() && row.isEmpty()) {
                return new Outcome.Done("Nobody holds the migration lock, and no lock row of plain Liquibase is set.");
            }
            return confirm ? free(run, lock, stock, holders, row) : shown(holders, row);
        }
    }

    private static Outcome shown(List<Blocker> holders, Optional<String> row) {
        StringBuilder text = new StringBuilder();
        holders.forEach(holder -> text.append("The migration lock is held by ")
                .append(holder.sentence())
                .append(". "));
        row.ifPresent(who -> text.append("The lock row of plain Liquibase is set: ")
                .append(who)
                .append(". "));
        if (!holders.isEmpty()) {
            text.append(
                    "A dead runner's lock goes within seconds by itself. unlock --confirm ends the session; a runner"
                            + " that is alive connects again, so stop its task first. ");
        }
        if (row.isPresent()) {
            text.append(
                    "Make sure that nobody runs plain Liquibase at the moment; unlock --confirm then clears the row.");
        }
        return new Outcome.Done(text.toString().strip());
    }

    private static Outcome free(
            Run run, MigrationLock lock, PlainLiquibaseLock stock, List<Blocker> holders, Optional<String> row)
            throws Failure, SQLException {
        for (Blocker holder : holders) {
            end(lock, holder);
            run.say("Ended the session of " + holder.sentence());
        }
        if (row.isPresent()) {
            stock.clear();
            run.tally().wrote(Written.CERTAIN);
            run.say("Cleared the lock row: " + row.get());
        }
        return new Outcome.Done("Unlocked."
                + (holders.isEmpty()
                        ? ""
                        : " A transactional change set that was under way in an ended session was rolled back. A runner that is still"
                                + " alive connects again: stop its task."));
    }

    private static void end(MigrationLock lock, Blocker holder) throws Failure {
        try {
            lock.terminate(holder);
        } catch (SQLException e) {
            throw new Failure(
                    new Refused.DatabaseUnusable(
                            "The session of " + holder.sentence() + " can't be ended: " + e.getMessage(),
                            "Be the same role as the holder, or have pg_signal_backend granted."),
                    e);
        }
    }
}
