package dev.lockkeeper.run.session;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.event.ConnectionEvent;
import dev.lockkeeper.postgres.Connector;
import dev.lockkeeper.postgres.Logins;
import dev.lockkeeper.postgres.ServerFacts;
import dev.lockkeeper.postgres.SessionPlacement;
import dev.lockkeeper.postgres.SessionSettings;
import dev.lockkeeper.postgres.history.HistoryTable;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.settings.DatabaseSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens a session step by step. Each step needs those before it, and throws with its own reason and fix. */
final class Opening {
    private final Run run;
    private final boolean writable;
    private final Logins logins;
    private final Connector connector;
    private @Nullable Connection connection;
    private Optional<String> schemaOtherwise = Optional.empty();
    private @Nullable ServerFacts facts;
    private @Nullable HistoryTable history;

    /** The steps in their order. */
    enum Step {
        /** What is missing in the settings is read from the secret. */
        CREDENTIALS,
        /** How the server is to be verified. */
        TLS,
        /** Connected and logged in, to a server that isn't a replica if something is to be changed. */
        CONNECTION,
        /** Our session settings hold. */
        SETTINGS,
        /** Role and search path are those of settings and URL. */
        PLACEMENT,
        /** What the server says of itself. */
        SERVER,
        /** Where the history is, or will be. */
        HISTORY
    }

    /**
     * Takes no step yet.
     *
     * @param writable true if something is to be changed
     * @throws Failure if no database is named
     */
    Opening(Run run, boolean writable) throws Failure {
        DatabaseSettings database = run.settings()
                .database()
                .orElseThrow(() -> new Failure(new Refused.BadInput(
                        List.of("No database is named"),
                        "Set DATABASE_URL, or DATABASE_SECRET, or DATABASE_HOST with _NAME, _USERNAME, _PASSWORD.")));
        this.run = run;
        this.writable = writable;
        this.logins = new Credentials(run, database);
        this.connector = new Connector(
                logins, database.connectWait(), run.events(), () -> run.stop().requested());
    }

    /** Takes one step, after all before it were taken. */
    void take(Step step) throws Failure, SQLException {
        switch (step) {
            case CREDENTIALS -> logins.target();
            case TLS -> connector.warnAboutTls();
            case CONNECTION -> connect();
            case SETTINGS -> applySettings();
            case PLACEMENT ->
                schemaOtherwise =
                        SessionPlacement.take(connection(), logins.target().placement());
            case SERVER -> lookAtServer();
            case HISTORY -> locateHistory();
        }
    }

    /** The session, after all steps were taken. */
    Session session() throws Failure {
        return new Session(
                run,
                connector,
                connection(),
                logins.target().placement(),
                schemaOtherwise,
                Objects.requireNonNull(facts),
                Objects.requireNonNull(history));
    }

    /** Closes what was opened so far, since a step failed. */
    void abandon(Exception failure) {
        if (connection == null) {
            return;
        }
        run.stop().canceller().unguard();
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private Connection connection() {
        return Objects.requireNonNull(connection);
    }

    private void connect() throws Failure, SQLException {
        connection = connector.open(writable);
        run.stop().canceller().guard(connection);
    }

    private void applySettings() throws SQLException {
        SessionSettings.apply(connection(), run.settings().limits());
        if (!writable) {
            SessionSettings.forbidWriting(connection());
        }
    }

    private void lookAtServer() throws Failure, SQLException {
        facts = ServerFacts.read(connection());
        String address = logins.target().address();
        run.events().accept(new ConnectionEvent.Connected(address, facts.user(), "PostgreSQL " + facts.version()));
        if (facts.majorVersion() < ServerFacts.NOTICES_DEAD_CLIENTS) {
            run.warn("PostgreSQL " + facts.version()
                    + " can't notice a dead client: after a kill, the lock is held until"
                    + " the statement under way ends.");
        }
    }

    private void locateHistory() throws Failure, SQLException {
        history = HistoryTable.of(
                connection(),
                Objects.requireNonNull(facts).schema(),
                run.settings().changelog().historySchema(),
                run.settings().changelog().historyTable());
    }
}
