package dev.lockkeeper.run.session;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.SchemaNames;
import dev.lockkeeper.postgres.Connector;
import dev.lockkeeper.postgres.ServerFacts;
import dev.lockkeeper.postgres.SessionSettings;
import dev.lockkeeper.postgres.history.HistoryTable;
import dev.lockkeeper.run.Run;
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

    Session(
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
        Opening opening = new Opening(run, writable);
        try {
            for (Opening.Step step : Opening.Step.values()) {
                opening.take(step);
            }
            Session session = opening.session();
            if (writable) {
                Requirement.requireAll(List.of(Requirement.ACCEPTS_CHANGES), run, session);
            }
            return session;
        } catch (SQLException | Failure | RuntimeException e) {
            opening.abandon(e);
            throw e;
        }
    }

    public Connection connection() {
        return connection;
    }

    /**
     * Makes our settings and role hold again.
     *
     * @return the search path, which stays as it is
     */
    public String restore() throws SQLException {
        return SessionSettings.restore(connection, run.settings().limits(), placement.anyRole());
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
