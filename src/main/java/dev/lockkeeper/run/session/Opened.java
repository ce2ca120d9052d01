package dev.lockkeeper.run.session;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.apply.HistoryWriter;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.run.Inspection;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.sql.Written;
import java.sql.SQLException;

/** A session, the changelog as that session must see it, and how the two compare: what a command with a database begins with. */
public final class Opened implements AutoCloseable {
    private final Run run;
    private final Session session;
    private final Changelog changelog;
    private Inspection found;

    private Opened(Run run, Session session, Changelog changelog, Inspection found) {
        this.run = run;
        this.session = session;
        this.changelog = changelog;
        this.found = found;
    }

    /**
     * Opens a session that changes nothing.
     *
     * @param offline parsed without a connection, and not run yet
     */
    public static Opened reading(Run run, Changelog offline) throws Failure, SQLException {
        return of(run, Session.reading(run), offline);
    }

    /** Opens a session for changes, without the migration lock. */
    public static Opened writing(Run run, Changelog offline) throws Failure, SQLException {
        return of(run, Session.writing(run), offline);
    }

    /** Opens a session for changes that holds the migration lock; compared once it is held. */
    public static Opened locked(Run run, Changelog offline) throws Failure, SQLException {
        Session session = Session.writing(run);
        try {
            new RunnerLock(run, session).acquire();
        } catch (SQLException | Failure | RuntimeException e) {
            close(session, e);
            throw e;
        }
        return of(run, session, offline);
    }

    private static Opened of(Run run, Session session, Changelog offline) throws Failure, SQLException {
        try {
            Changelog changelog = Changelogs.forSession(run, offline, session);
            Inspection found = Inspector.inspect(session, changelog);
            run.tally().before(found);
            return new Opened(run, session, changelog, found);
        } catch (SQLException | Failure | RuntimeException e) {
            close(session, e);
            throw e;
        }
    }

    /** The failure is what counts; closing a broken connection may fail as well. */
    private static void close(Session session, Exception failure) {
        try {
            session.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Takes the migration lock and compares again, since another runner may have worked until then. */
    public void lock() throws Failure, SQLException {
        new RunnerLock(run, session).acquire();
        found = Inspector.inspect(session, changelog);
        run.tally().before(found);
    }

    /** A writer for this session's history; a requested stop ends it before it commits. */
    public HistoryWriter historyWriter() {
        return new HistoryWriter(changelog, session.schemas(), session.connection(), this::beforeCommit);
    }

    /** If the connection breaks now, nobody knows whether the commit landed. */
    private void beforeCommit() {
        run.stop().check();
        run.tally().wrote(Written.PERHAPS);
    }

    /** Compares after the work, for the report. */
    public Inspection inspectAfter() throws Failure, SQLException {
        Inspection after = Inspector.inspect(session, changelog);
        run.tally().after(after);
        return after;
    }

    public Session session() {
        return session;
    }

    public Changelog changelog() {
        return changelog;
    }

    /** How changelog, history and schema compared when last inspected before the work. */
    public Inspection found() {
        return found;
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
