package dev.lockkeeper.postgres.execution;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLWarning;

/**
 * Reports the server's notices while the statement that raises them still runs: pgjdbc appends them to the statement's
 * chain of warnings, which another thread may follow. All fields are guarded by this object's lock: the main thread sets the
 * statement, and both report what it raised.
 */
public final class NoticePoller implements WatchedConnection.Listener, AutoCloseable {
    private static final long PAUSE_MILLIS = 100;
    private static final long SHORT_PAUSE_MILLIS = 5;
    private static final int MANY = 100;

    /** Gets what the server sent. */
    @FunctionalInterface
    public interface Sink {
        /** A notice; its severity may be translated, its SQLSTATE never is. */
        void accept(String severity, @Nullable String sqlState, String message);
    }

    private final Sink notices;
    private final Thread thread;
    private @Nullable Statement watched;

    /** The last notice of the chain that was taken off the statement; one more may have been appended to it meanwhile. */
    private @Nullable SQLWarning last;

    private boolean closed;

    /**
     * Starts to follow.
     *
     * @param notices is called on the thread that runs the statement or on the poller's own
     * @param death gets what ends the poller's own
     */
    public NoticePoller(Sink notices, Thread.UncaughtExceptionHandler death) {
        this.notices = notices;
        this.thread = new Thread(this::follow, "notices");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(death);
        thread.start();
    }

    @Override
    public synchronized void before(Statement statement) {
        watched = statement;
        last = null;
    }

    /** Reports what the statement raised since the last look. */
    @Override
    public synchronized void after(Statement statement) {
        if (watched == statement) {
            report();
            watched = null;
            last = null;
        }
    }

    private synchronized void follow() {
        try {
            while (!closed) {
                boolean many = report() > MANY;
                wait(many ? SHORT_PAUSE_MILLIS : PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes the notices off the statement, so that a million of them never exist at once. Returns how many there were. */
    private int report() {
        int number = 0;
        try {
            if (last != null) {
                number += report(last.getNextWarning());
                last = null;
            }
            Statement statement = watched;
            SQLWarning first = statement == null ? null : statement.getWarnings();
            if (statement != null && first != null) {
                statement.clearWarnings();
                number += report(first);
            }
        } catch (SQLException e) {
            // The statement was closed meanwhile: it has no more notices.
            watched = null;
        }
        return number;
    }

    private int report(@Nullable SQLWarning first) {
        int number = 0;
        for (SQLWarning next = first; next != null; next = next.getNextWarning()) {
            last = next;
            notices.accept(severity(next), next.getSQLState(), String.valueOf(next.getMessage()));
            number++;
        }
        return number;
    }

    private static String severity(SQLWarning warning) {
        if (warning instanceof PSQLWarning server && server.getServerErrorMessage() != null) {
            String severity = server.getServerErrorMessage().getSeverity();
            return severity == null ? "NOTICE" : severity;
        }
        return "WARNING";
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
