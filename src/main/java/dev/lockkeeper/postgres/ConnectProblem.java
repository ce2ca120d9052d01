package dev.lockkeeper.postgres;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.SqlStates;
import dev.lockkeeper.settings.connection.DatabaseTarget;
import dev.lockkeeper.text.Elapsed;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Why there is no connection.
 *
 * @param passing true if waiting may help
 * @param sentence what happened
 * @param cause the driver's exception, empty if the connection was made but isn't acceptable
 */
record ConnectProblem(Kind kind, boolean passing, String sentence, Optional<SQLException> cause) {

    private static final String CHECK_THE_WAY =
            "Check host and port, and that the task's security group may reach the database's on that port.";

    /** Connection exceptions; poolers also report this for a server that they can't reach yet. */
    private static final String CONNECTION_CLASS = "08";

    /** The kinds of problem, each with its texts; in them, {said} is what the server or the driver said. */
    enum Kind {
        REPLICA(
                true,
                "{address} is a replica (or a primary in recovery) and takes no changes.",
                "Name the writer's endpoint."),
        TLS(
                false,
                "No TLS with {address}: {said}.",
                "Check DATABASE_SSLMODE and DATABASE_SSLROOTCERT; behind a tunnel, name the server by DATABASE_ENDPOINT."),
        NO_PASSWORD(
                false,
                "The server at {address} wants a password of user \"{user}\", and none was given.",
                "Set DATABASE_PASSWORD, put it into DATABASE_URL, or name a secret by DATABASE_SECRET."),
        PASSWORD_REFUSED(
                false,
                "The server at {address} refused the login of user \"{user}\": {said}.",
                "Check user and password; a password in a URL must be percent-encoded. ECS reads an injected secret once,"
                        + " at task start: after a rotation a new task sees the new one."),
        TOKEN_WANTED(
                false,
                "The server at {address} refused the login of user \"{user}\": {said}.",
                "The server wants an IAM token of this user: set DATABASE_AUTH=iam, allow the task role rds-db:connect for"
                        + " it, and grant it rds_iam."),
        LOGIN_REFUSED(
                false,
                "The server at {address} refused the login of user \"{user}\": {said}.",
                "Check the user, and what pg_hba.conf (or rds.force_ssl) demands of it."),
        NO_SUCH_DATABASE(
                false,
                "There is no database \"{database}\" on {host}.",
                "Create it, or correct the name in DATABASE_URL or DATABASE_NAME."),
        NO_PRIVILEGE(
                false,
                "User \"{user}\" may not connect to {address}: {said}.",
                "Grant CONNECT on the database to that user."),
        NOT_READY(true, "The server at {address} said: {said}.", "Wait."),
        UNKNOWN_HOST(true, "The host {host} is unknown.", "Check the name, and that the task's subnet resolves it."),
        NOTHING_LISTENS(true, "Nothing answers at {address}: connection refused.", CHECK_THE_WAY),
        OUT_OF_REACH(true, "No connection to {address}: {said}.", CHECK_THE_WAY),
        OTHER(false, "No connection to {address}: {said}.", CHECK_THE_WAY);

        private final boolean passing;
        private final String sentence;
        private final String fix;

        Kind(boolean passing, String sentence, String fix) {
            this.passing = passing;
            this.sentence = sentence;
            this.fix = fix;
        }

        /**
         * Judges by SQLSTATE and by the Java exceptions behind it, which distinguish a refused connection from a bad
         * host.
         */
        private static Kind of(SQLException e, String said) {
            if (isTls(e)) {
                return TLS;
            }
            if (said.contains("no password was provided")) {
                return NO_PASSWORD;
            }
            String state = String.valueOf(e.getSQLState());
            return switch (state) {
                case SqlStates.INVALID_PASSWORD -> PASSWORD_REFUSED;
                case SqlStates.INVALID_AUTHORIZATION ->
                    said.contains("PAM authentication failed") ? TOKEN_WANTED : LOGIN_REFUSED;
                case SqlStates.NO_SUCH_DATABASE -> NO_SUCH_DATABASE;
                case SqlStates.INSUFFICIENT_PRIVILEGE -> NO_PRIVILEGE;
                default -> SqlStates.notReady(state) ? NOT_READY : network(e, state);
            };
        }

        private static Kind network(SQLException e, String state) {
            if (causedBy(e, UnknownHostException.class)) {
                return UNKNOWN_HOST;
            }
            if (causedBy(e, ConnectException.class)) {
                return NOTHING_LISTENS;
            }
            return state.startsWith(CONNECTION_CLASS) ? OUT_OF_REACH : OTHER;
        }

        private static boolean isTls(SQLException e) {
            String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            return causedBy(e, SSLException.class)
                    || causedBy(e, GeneralSecurityException.class)
                    || message.contains("does not support ssl")
                    || message.contains("ssl root certificate")
                    || message.contains("hostname verifier")
                    || message.contains("could not be verified");
        }

        private static boolean causedBy(Throwable thrown, Class<? extends Throwable> type) {
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                if (type.isInstance(cause)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A connection to a server that accepts no changes. */
    static ConnectProblem replica(DatabaseTarget target) {
        return of(Kind.REPLICA, target, "", Optional.empty());
    }

    /** What the driver's exception means. */
    static ConnectProblem of(SQLException e, DatabaseTarget target) {
        String said = oneLine(e);
        Kind kind = Kind.of(e, said);
        return of(kind, target, kind == Kind.TLS ? withInnermost(e, said) : said, Optional.of(e));
    }

    private static ConnectProblem of(Kind kind, DatabaseTarget target, String said, Optional<SQLException> cause) {
        String sentence = kind.sentence
                .replace("{address}", target.address())
                .replace("{host}", target.server().host())
                .replace("{database}", target.database())
                .replace("{user}", target.username())
                .replace("{said}", said);
        return new ConnectProblem(kind, kind.passing, sentence, cause);
    }

    private static String withInnermost(Throwable thrown, String said) {
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

    /** True if the server refused the password, so that another one may be right. */
    boolean passwordRefused() {
        return kind == Kind.PASSWORD_REFUSED;
    }

    /** The same if another password may be available in time. */
    ConnectProblem thatMayPass() {
        return new ConnectProblem(kind, true, sentence, cause);
    }

    /** The failure, after {@code waited} of trying again if that could help. */
    Failure failure(Duration waited) {
        String retried = passing ? " Retried for " + Elapsed.text(waited) + " (LOCKKEEPER_CONNECT_WAIT)." : "";
        return new Failure(
                new Refused.DatabaseUnusable(sentence + retried, kind.fix, cause.map(SQLException::getSQLState)),
                cause.orElse(null));
    }
}
