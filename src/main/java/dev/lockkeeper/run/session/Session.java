package dev.lockkeeper.run.session;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.SchemaNames;
import dev.lockkeeper.model.event.ConnectionEvent;
import dev.lockkeeper.postgres.Connector;
import dev.lockkeeper.postgres.Logins;
import dev.lockkeeper.postgres.ServerFacts;
import dev.lockkeeper.postgres.SessionPlacement;
import dev.lockkeeper.postgres.SessionSettings;
import dev.lockkeeper.postgres.history.HistoryTable;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.settings.DatabaseSettings;
import dev.lockkeeper.settings.connection.Placement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A connection with our settings, and what is known of its server. */
public final class Session implements AutoCloseable {
    private final Run run;
    private final Connection connection;
    private final Placement placement;
    private final Optional<String> schemaOtherwise;
    private final ServerFacts facts;
    private final HistoryTable history;
    private final Monitor monitor;

    private Session(
            Run run,
            Connector connector,
            Connection connection,
            Placement placement,
            Optional<String> schemaOtherwise,
            ServerFacts facts,
            HistoryTable history) {
        this.run = run;
        this.monitor = Monitor.of(connector, run.events());
        this.connection = connection;
        this.placement = placement;
        this.schemaOtherwise = schemaOtherwise;
        this.facts = facts;
        this.history = history;
    }

    /** Opens one for changes: a replica or a read-only database is refused. */
    public static Session writing(Run run) throws Failure, SQLException {
        return open(run, true);
    }

    /** Opens one that changes nothing, by the server's own guard. */
    public static Session reading(Run run) throws Failure, SQLException {
        return open(run, false);
    }

    private static Session open(Run run, boolean writable) throws Failure, SQLException {
        DatabaseSettings database = run.settings()
                .database()
                .orElseThrow(() -> new Failure(new Outcome.BadInput(
                        List.of("No database is named"),
                        "Set DATABASE_URL, or DATABASE_SECRET, or DATABASE_HOST with _NAME, _USERNAME, _PASSWORD.")));
        Logins logins = new Credentials(run, database);
        Connector connector = new Connector(
                logins, database.connectWait(), run.events(), () -> run.stop().requested());
        connector.warnAboutTls();
        Connection connection = connector.open(writable);
        try {
            run.stop().canceller().guard(connection);
            Placement placement = logins.target().placement();
            SessionSettings.apply(connection, run.settings().limits());
            Optional<String> otherwise = SessionPlacement.take(connection, placement);
            if (!writable) {
                SessionSettings.forbidWriting(connection);
            }
            ServerFacts facts = ServerFacts.read(connection);
            String address = logins.target().address();
            run.events().accept(new ConnectionEvent.Connected(address, facts.user(), "PostgreSQL " + facts.version()));
            requireWritable(facts, address, writable);
            warnAboutVersion(run, facts);
            HistoryTable history = HistoryTable.of(
                    connection,
                    facts.schema(),
                    run.settings().changelog().historySchema(),
                    run.settings().changelog().historyTable());
            return new Session(run, connector, connection, placement, otherwise, facts, history);
        } catch (SQLException | Failure | RuntimeException e) {
            run.stop().canceller().unguard();
            connection.close();
            throw e;
        }
    }

    private static void requireWritable(ServerFacts facts, String address, boolean writable) throws Failure {
        if (writable && facts.readOnly()) {
            throw new Failure(new Outcome.DatabaseUnusable(
                    "The database " + address + " is read-only for user \"" + facts.user()
                            + "\": default_transaction_read_only is on.",
                    "Switch it off for this role or database (ALTER ROLE … RESET default_transaction_read_only)."));
        }
    }

    private static void warnAboutVersion(Run run, ServerFacts facts) {
        if (facts.majorVersion() < ServerFacts.NOTICES_DEAD_CLIENTS) {
            run.warn("PostgreSQL " + facts.version()
                    + " can't notice a dead client: after a kill, the lock is held until"
                    + " the statement under way ends.");
        }
    }

    public Connection connection() {
        return connection;
    }

    /** Makes our settings and role hold again. */
    public void restore() throws SQLException {
        SessionSettings.restore(connection, run.settings().limits(), placement.anyRole());
    }

    /** A second connection, to look on with. */
    public Monitor monitor() {
        return monitor;
    }

    public ServerFacts facts() {
        return facts;
    }

    public HistoryTable history() {
        return history;
    }

    /** The schemas of this session, whatever its search path is by now. */
    public SchemaNames schemas() {
        return new SchemaNames(facts.schema(), history.schema());
    }

    /**
     * The schema that would hold the history if the database's URL had no say in it; empty if that is the same, or if a
     * setting of ours names it.
     */
    Optional<String> historyOtherwise() {
        return run.settings().changelog().historySchema().isPresent()
                ? Optional.empty()
                : schemaOtherwise.filter(schema -> !schema.equals(history.schema()));
    }

    @Override
    public void close() throws SQLException {
        run.stop().canceller().unguard();
        monitor.close();
        connection.close();
    }
}
