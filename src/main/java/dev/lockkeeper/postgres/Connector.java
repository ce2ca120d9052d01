package dev.lockkeeper.postgres;

import dev.lockkeeper.model.Event;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.settings.DatabaseTarget;
import dev.lockkeeper.settings.Secret;
import dev.lockkeeper.settings.SslMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Opens connections, and waits for a server that isn't up yet. */
public final class Connector {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final String CONNECT_TIMEOUT_SECONDS = "10";

    private final DatabaseTarget target;
    private final Duration connectWait;
    private final Consumer<Event> events;
    private final BooleanSupplier stopped;

    /**
     * A connector to one server.
     *
     * @param connectWait how long a server that isn't up is retried
     * @param stopped asked between attempts; true gives up at once
     */
    public Connector(DatabaseTarget target, Duration connectWait, Consumer<Event> events, BooleanSupplier stopped) {
        this.target = target;
        this.connectWait = connectWait;
        this.events = events;
        this.stopped = stopped;
    }

    /**
     * Opens a connection, trying again while the server isn't up.
     *
     * @param writable true where a server in recovery (a replica, or a primary just after a failover) won't do yet
     * @throws Failure where it can't be had in time, or at once where waiting wouldn't help
     */
    public Connection open(boolean writable) throws Failure {
        long end = System.nanoTime() + connectWait.toNanos();
        Duration pause = FIRST_PAUSE;
        boolean said = false;
        while (true) {
            ConnectProblem problem;
            try {
                Connection connection = attempt();
                if (!writable || !inRecovery(connection)) {
                    return connection;
                }
                connection.close();
                problem = ConnectProblem.replica(target);
            } catch (SQLException e) {
                problem = ConnectProblem.of(e, target);
            }
            if (!problem.passing() || System.nanoTime() + pause.toNanos() > end || stopped.getAsBoolean()) {
                throw problem.failure(connectWait);
            }
            if (!said) {
                events.accept(new Event.Message(Event.Level.WARN, problem.sentence() + " Trying again."));
                said = true;
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /**
     * Opens a connection without waiting.
     *
     * @throws SQLException as pgjdbc gives it
     * @throws Failure where TLS can't be set up for this host
     */
    public Connection attempt() throws SQLException, Failure {
        return DriverManager.getConnection("jdbc:postgresql://" + authority() + "/", properties(tls()));
    }

    /** Warns where the connection could be read or redirected on its way. */
    public void warnAboutTls() throws Failure {
        boolean given =
                target.sslMode().filter(mode -> mode != SslMode.VERIFY_FULL).isPresent();
        if (given && !tls().verifies()) {
            events.accept(new Event.Message(
                    Event.Level.WARN,
                    "DATABASE_SSLMODE is " + tls().mode().text()
                            + ": the server's identity isn't verified; verify-full does that."));
        }
    }

    private TlsProperties tls() throws Failure {
        try {
            return TlsProperties.of(
                    target.sslMode().orElse(null),
                    target.sslRootCert().orElse(null),
                    target.host(),
                    target.endpoint().orElse(null));
        } catch (MissingRootsException e) {
            throw new Failure(
                    new Outcome.DatabaseUnusable(
                            String.valueOf(e.getMessage()),
                            "Set DATABASE_SSLROOTCERT to a file with Amazon's certificates for that region."),
                    e);
        }
    }

    private String authority() {
        return (target.host().contains(":") ? "[" + target.host() + "]" : target.host()) + ":" + target.port();
    }

    private Properties properties(TlsProperties tls) {
        Properties properties = new Properties();
        properties.putAll(tls.connection());
        properties.setProperty("PGDBNAME", target.database());
        properties.setProperty("user", target.username());
        target.password().map(Secret::reveal).ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("ApplicationName", "lockkeeper");
        properties.setProperty("assumeMinServerVersion", "13");
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
        properties.setProperty("gssEncMode", "disable");
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

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
