package dev.lockkeeper.postgres;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.postgres.tls.MissingRootsException;
import dev.lockkeeper.postgres.tls.TlsProperties;
import dev.lockkeeper.settings.connection.DatabaseTarget;
import dev.lockkeeper.settings.connection.Endpoint;
import dev.lockkeeper.settings.connection.Secret;
import dev.lockkeeper.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Opens connections, and waits for a server that isn't up yet. */
public final class Connector {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 100;
    private static final String CONNECT_TIMEOUT_SECONDS = "10";
    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(15);
    private static final Duration MONITOR_ATTEMPT = Duration.ofSeconds(5);
    private static final String ANSWER_TIMEOUT_SECONDS = "30";
    private static final String CANCEL_TIMEOUT_SECONDS = "2";

    /** A monitor that gets no answer for this long gives up; its statements take milliseconds. */
    private static final String MONITOR_TIMEOUT_SECONDS = "5";

    /** A strong reference, since java.util.logging forgets the level of a logger that is garbage-collected. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    static {
        // What the driver logs, it also throws; its log would bypass the report and go to standard error.
        DRIVER.setLevel(Level.OFF);
    }

    private final Logins logins;
    private final Duration connectWait;
    private final Consumer<Event> events;
    private final BooleanSupplier stopped;

    /**
     * A connector to one server.
     *
     * @param logins asked for a login at each attempt
     * @param connectWait how long a server that isn't up is retried
     * @param stopped asked between attempts; true gives up at once
     */
    public Connector(Logins logins, Duration connectWait, Consumer<Event> events, BooleanSupplier stopped) {
        this.logins = logins;
        this.connectWait = connectWait;
        this.events = events;
        this.stopped = stopped;
    }

    /**
     * Opens a connection, trying again while the server isn't up.
     *
     * @param writable true if a server in recovery (a replica, or a primary just after a failover) isn't acceptable
     * @throws Failure if there is none in time, or at once if waiting wouldn't help
     */
    public Connection open(boolean writable) throws Failure {
        Deadline deadline = Deadline.in(connectWait);
        Duration pause = FIRST_PAUSE;
        String said = "";
        while (true) {
            DatabaseTarget target = logins.login();
            ConnectProblem problem;
            try {
                Connection connection = connect(target, properties(target, tls(target)), LONGEST_ATTEMPT);
                if (!writable || !inRecovery(connection)) {
                    return connection;
                }
                connection.close();
                problem = ConnectProblem.replica(target);
            } catch (SQLException e) {
                problem = ConnectProblem.of(e, target);
            }
            if (problem.passwordRefused() && logins.renew()) {
                problem = problem.thatMayPass();
            }
            if (!problem.passing() || deadline.left().compareTo(pause) < 0 || stopped.getAsBoolean()) {
                throw problem.failure(connectWait);
            }
            if (!said.equals(problem.sentence())) {
                said = problem.sentence();
                events.accept(new Event.Message(Event.Level.WARN, said + " Trying again."));
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /**
     * Opens a second connection for observing, in one attempt that succeeds or fails within seconds.
     *
     * @throws SQLException from pgjdbc
     * @throws Failure if there is no login, or TLS can't be set up for this host
     */
    public Connection monitor() throws SQLException, Failure {
        DatabaseTarget target = logins.login();
        Properties properties = properties(target, tls(target));
        properties.setProperty("ApplicationName", "lockkeeper-monitor");
        properties.setProperty("connectTimeout", MONITOR_TIMEOUT_SECONDS);
        properties.setProperty("socketTimeout", MONITOR_TIMEOUT_SECONDS);
        return connect(target, properties, MONITOR_ATTEMPT);
    }

    private Connection connect(DatabaseTarget target, Properties properties, Duration longest) throws SQLException {
        return Attempt.open("jdbc:postgresql://" + target.server() + "/", properties, longest, stopped);
    }

    /** From now on a statement may take any length of time. */
    public static void removeAnswerTimeout(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 0);
    }

    /** From now on an answer must come within half a minute again. */
    public static void restoreAnswerTimeout(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, Integer.parseInt(ANSWER_TIMEOUT_SECONDS) * 1_000);
    }

    /**
     * Warns if the given SSL mode lets others read or redirect the connection.
     *
     * @throws Failure if TLS can't be set up for this host
     */
    public void warnAboutTls() throws Failure {
        DatabaseTarget target = logins.target();
        TlsProperties tls = tls(target);
        if (target.tls().mode().isPresent() && !tls.verifies()) {
            events.accept(new Event.Message(
                    Event.Level.WARN,
                    "DATABASE_SSLMODE is " + tls.mode().text()
                            + ": the server's identity isn't verified; verify-full does that."));
        }
    }

    private static TlsProperties tls(DatabaseTarget target) throws Failure {
        try {
            return TlsProperties.of(
                    target.tls().mode().orElse(null),
                    target.tls().rootCertificates().orElse(null),
                    target.server().host(),
                    target.tls().endpoint().map(Endpoint::host).orElse(null));
        } catch (MissingRootsException e) {
            throw new Failure(
                    new Refused.DatabaseUnusable(
                            String.valueOf(e.getMessage()),
                            "Set DATABASE_SSLROOTCERT to a file with Amazon's certificates for that region."),
                    e);
        }
    }

    private static Properties properties(DatabaseTarget target, TlsProperties tls) {
        Properties properties = new Properties();
        properties.putAll(tls.connection());
        properties.setProperty("PGDBNAME", target.database());
        properties.setProperty("user", target.username());
        target.password().map(Secret::reveal).ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("ApplicationName", "lockkeeper");
        properties.setProperty("assumeMinServerVersion", "13");
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
        properties.setProperty("cancelSignalTimeout", CANCEL_TIMEOUT_SECONDS);
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("socketFactory", KeepaliveSockets.class.getName());
        // Until a change set begins: our own queries before that take no longer, and a silent server mustn't block us
        // for ever.
        properties.setProperty("socketTimeout", ANSWER_TIMEOUT_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    private static boolean inRecovery(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT pg_is_in_recovery()")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private void sleep(Duration pause) {
        try {
            for (long left = pause.toMillis(); left > 0 && !stopped.getAsBoolean(); left -= LOOK_MILLIS) {
                Thread.sleep(Math.min(left, LOOK_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
