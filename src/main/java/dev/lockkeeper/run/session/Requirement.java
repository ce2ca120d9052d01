package dev.lockkeeper.run.session;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.postgres.PoolerCheck;
import dev.lockkeeper.postgres.Privileges;
import dev.lockkeeper.run.Run;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Something that a run needs of its session. A command stops at the first that isn't met; a diagnosis names all of them.
 *
 * @param name what is looked at, in a few words; for the diagnosis, so nothing reads it yet
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

    /** The server lets our transactions write. */
    public static final Requirement ACCEPTS_CHANGES = new Requirement("accepts changes", Requirement::acceptsChanges);

    /** A session of the server is ours alone for as long as ours lasts. */
    public static final Requirement OWN_SERVER_SESSION =
            new Requirement("no transaction pooler", Requirement::hasOwnServerSession);

    /** The user may write the history table, or create it. */
    public static final Requirement WRITES_HISTORY = new Requirement("history", Requirement::writesHistory);

    /** The user may end other roles' sessions, if a setting asks for that. */
    public static final Requirement ENDS_BLOCKERS = new Requirement("ending blockers", Requirement::endsBlockers);

    /** What {@code migrate} needs in addition to an open session. */
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
                throw new Failure(new Refused.DatabaseUnusable(
                        unmet.get().sentence(), unmet.get().fix()));
            }
        }
    }

    private static Optional<Unmet> acceptsChanges(Run run, Session session) {
        if (!session.facts().readOnly()) {
            return Optional.empty();
        }
        return Optional.of(new Unmet(
                "The database is read-only for user \"" + session.facts().user()
                        + "\": default_transaction_read_only is on.",
                "Switch it off for this role or database (ALTER ROLE … RESET default_transaction_read_only)."));
    }

    /** If there is no second connection or it breaks, that says nothing about a pooler and must not fail the run. */
    private static Optional<Unmet> hasOwnServerSession(Run run, Session session) throws SQLException {
        int backend = session.facts().backend();
        if (!PoolerCheck.indirect(session.connection(), backend)) {
            return Optional.empty();
        }
        Optional<Connection> second = session.monitor().connection();
        if (second.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (!PoolerCheck.sharesSessions(session.connection(), backend, second.get())) {
                return Optional.empty();
            }
        } catch (SQLException e) {
            session.monitor().broke(e);
            return Optional.empty();
        }
        return Optional.of(new Unmet(
                "Between us and the server is a connection pooler in transaction mode: the migration lock and every SET"
                        + " would land in a session that others use too.",
                "Connect to the database itself, or to a pool in session mode (RDS Proxy is fine: it pins)."));
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
