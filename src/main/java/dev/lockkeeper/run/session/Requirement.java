package dev.lockkeeper.run.session;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.postgres.Privileges;
import dev.lockkeeper.run.Run;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Something that a run needs of its session. A command stops at the first that isn't met; a diagnosis names all of them.
 *
 * @param name what is looked at, in a few words
 * @param check looks at it, and writes nothing
 */
public record Requirement(String name, Check check) {

    /** A requirement that isn't met: what is wrong, and what fixes it. */
    public record Unmet(String sentence, String fix) {}

    /** Looks at one thing. */
    public interface Check {
        /** Empty if it is as needed. */
        Optional<Unmet> of(Run run, Session session) throws SQLException;
    }

    /** The user may write the history table, or create it. */
    public static final Requirement WRITES_HISTORY = new Requirement("history", Requirement::writesHistory);

    /** The user may end other roles' sessions, if a setting asks for that. */
    public static final Requirement ENDS_BLOCKERS = new Requirement("ending blockers", Requirement::endsBlockers);

    /** What {@code migrate} needs beside a session that is open. */
    public static final List<Requirement> OF_MIGRATE = List.of(WRITES_HISTORY, ENDS_BLOCKERS);

    /**
     * Returns if every requirement is met.
     *
     * @throws Failure at the first that isn't
     */
    public static void requireAll(List<Requirement> all, Run run, Session session) throws Failure, SQLException {
        for (Requirement one : all) {
            Optional<Unmet> unmet = one.check().of(run, session);
            if (unmet.isPresent()) {
                throw new Failure(new Outcome.DatabaseUnusable(
                        unmet.get().sentence(), unmet.get().fix()));
            }
        }
    }

    private static Optional<Unmet> writesHistory(Run run, Session session) throws SQLException {
        if (session.history().mayRecord(session.connection())) {
            return Optional.empty();
        }
        String schema = session.history().schema();
        return Optional.of(new Unmet(
                "User \"" + session.facts().user() + "\" may not write the history " + schema + "."
                        + session.history().table() + ".",
                "Grant it CREATE on schema " + schema
                        + " (or INSERT and UPDATE on the history table), or name the owning"
                        + " role with LOCKKEEPER_ROLE."));
    }

    private static Optional<Unmet> endsBlockers(Run run, Session session) throws SQLException {
        if (run.settings().limits().terminateIdleBlockers().isEmpty()) {
            return Optional.empty();
        }
        List<String> missing = Privileges.missingToTerminate(session.connection());
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String user = session.facts().sessionUser();
        String roles = String.join(", ", missing);
        return Optional.of(new Unmet(
                "User \"" + user + "\" may not end other roles' sessions, which"
                        + " LOCKKEEPER_TERMINATE_BLOCKERS_IDLE_IN_TRANSACTION asks for: it lacks " + roles + ".",
                "GRANT " + roles + " TO \"" + user + "\", or remove the setting."));
    }
}
