package dev.lockkeeper.postgres;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.settings.connection.DatabaseTarget;
import dev.lockkeeper.text.Elapsed;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection couldn't be had.
 *
 * @param passing true where the server may yet come up, so that waiting is worth it
 * @param refused true where the server refused user and password
 * @param sentence what happened
 * @param whatNow what to do about it
 */
record ConnectProblem(
        boolean passing,
        boolean refused,
        String sentence,
        String whatNow,
        @Nullable SQLException cause) {
    private static final String PRIVATE_SUBNET =
            "Check host and port, and that the task's security group may reach the database's on that port.";

    /** Starting up, too many connections, shut down by the administrator: all pass. */
    private static final List<String> PASSING = List.of("57P03", "53300", "57P01", "57P02");

    static ConnectProblem replica(DatabaseTarget target) {
        return new ConnectProblem(
                true,
                false,
                target.address() + " is a replica (or a primary in recovery) and takes no changes.",
                "Name the writer's endpoint.",
                null);
    }

    /** Judges by SQLSTATE and by the Java exceptions behind it, which tell a refused connection from a bad host. */
    static ConnectProblem of(SQLException e, DatabaseTarget target) {
        String state = String.valueOf(e.getSQLState());
        String said = oneLine(e);
        if (isTls(e)) {
            return tls(e, target, said);
        }
        if (said.contains("no password was provided")) {
            return new ConnectProblem(
                    false,
                    false,
                    "The server at " + target.address() + " wants a password of user \"" + target.username()
                            + "\", and none was given.",
                    "Set DATABASE_PASSWORD, put it into DATABASE_URL, or name a secret by DATABASE_SECRET.",
                    e);
        }
        if (PASSING.contains(state)) {
            return new ConnectProblem(
                    true, false, "The server at " + target.address() + " said: " + said + ".", "Wait.", e);
        }
        return switch (state) {
            case "28P01" ->
                refused(
                        e,
                        target,
                        true,
                        "Check user and password; a password in a URL must be percent-encoded."
                                + " ECS reads an injected secret once, at task start: after a rotation a new task sees the new one.");
            case "28000" ->
                refused(
                        e,
                        target,
                        false,
                        said.contains("PAM authentication failed")
                                ? "The server wants an IAM token of this user: set DATABASE_AUTH=iam, allow the task role"
                                        + " rds-db:connect for it, and grant it rds_iam."
                                : "Check the user, and what pg_hba.conf (or rds.force_ssl) demands of it.");
            case "3D000" ->
                new ConnectProblem(
                        false,
                        false,
                        "There is no database \"" + target.database() + "\" on "
                                + target.server().host() + ".",
                        "Create it, or correct the name in DATABASE_URL or DATABASE_NAME.",
                        e);
            case "42501" ->
                new ConnectProblem(
                        false,
                        false,
                        "User \"" + target.username() + "\" may not connect to " + target.address() + ": " + said + ".",
                        "Grant CONNECT on the database to that user.",
                        e);
            default -> network(e, target, state, said);
        };
    }

    private static ConnectProblem network(SQLException e, DatabaseTarget target, String state, String said) {
        if (find(e, UnknownHostException.class)) {
            return new ConnectProblem(
                    true,
                    false,
                    "The host " + target.server().host() + " is unknown.",
                    "Check the name, and that the task's subnet resolves it.",
                    e);
        }
        if (find(e, ConnectException.class)) {
            return new ConnectProblem(
                    true, false, "Nothing answers at " + target.address() + ": connection refused.", PRIVATE_SUBNET, e);
        }
        return new ConnectProblem(
                state.startsWith("08"),
                false,
                "No connection to " + target.address() + ": " + said + ".",
                PRIVATE_SUBNET,
                e);
    }

    private static ConnectProblem refused(SQLException e, DatabaseTarget target, boolean byPassword, String whatNow) {
        return new ConnectProblem(
                false,
                byPassword,
                "The server at " + target.address() + " refused the login of user \"" + target.username() + "\": "
                        + oneLine(e) + ".",
                whatNow,
                e);
    }

    private static ConnectProblem tls(SQLException e, DatabaseTarget target, String said) {
        return new ConnectProblem(
                false,
                false,
                "No TLS with " + target.address() + ": " + innermost(e, said) + ".",
                "Check DATABASE_SSLMODE and DATABASE_SSLROOTCERT; behind a tunnel, name the server by"
                        + " DATABASE_ENDPOINT.",
                e);
    }

    private static boolean isTls(SQLException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return find(e, SSLException.class)
                || find(e, GeneralSecurityException.class)
                || message.contains("does not support ssl")
                || message.contains("ssl root certificate")
                || message.contains("hostname verifier")
                || message.contains("could not be verified");
    }

    private static boolean find(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String innermost(Throwable thrown, String said) {
        Throwable last = thrown;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        String inner = String.valueOf(last.getMessage());
        return said.contains(inner) || inner.contains(said) ? said : said + " (" + inner + ")";
    }

    private static String oneLine(SQLException e) {
        return String.valueOf(e.getMessage())
                .strip()
                .replaceAll("\\s*\\n\\s*", " ")
                .replaceAll("\\.$", "");
    }

    /** The same where another password may be had in time. */
    ConnectProblem thatMayPass() {
        return new ConnectProblem(true, refused, sentence, whatNow, cause);
    }

    private Optional<String> sqlState() {
        return Optional.ofNullable(cause).map(SQLException::getSQLState);
    }

    Failure failure(Duration waited) {
        String retried = passing ? " Retried for " + Elapsed.text(waited) + " (LOCKKEEPER_CONNECT_WAIT)." : "";
        return new Failure(new Outcome.DatabaseUnusable(sentence + retried, whatNow, sqlState()), cause);
    }
}
