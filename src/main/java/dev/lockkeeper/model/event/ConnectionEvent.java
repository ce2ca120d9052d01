package dev.lockkeeper.model.event;

import dev.lockkeeper.model.Blocker;
import dev.lockkeeper.model.ChangeSetInfo;
import dev.lockkeeper.model.SqlStates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that the connection to the database, or the server at its other end, reports. */
public sealed interface ConnectionEvent extends Event {

    <R> R accept(Visitor<R> visitor);

    @Override
    default <R> R accept(Event.Visitor<R> visitor) {
        return visitor.connection(this);
    }

    /** Something that handles every event of a connection. */
    interface Visitor<R> {
        R connected(Connected event);

        R lockWaiting(LockWaiting event);

        R lost(Lost event);

        R notice(Notice event);
    }

    /**
     * Connected.
     *
     * @param address host, port and database; never a password
     */
    record Connected(String address, String user, String server) implements ConnectionEvent {
        @Override
        public String name() {
            return "connected";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.connected(this);
        }
    }

    /**
     * Another session holds what we wait for.
     *
     * @param what the thing waited for, such as "the migration lock"
     * @param blockers who holds it
     * @param changeSet the change set that waits, empty if it is the run
     */
    record LockWaiting(String what, List<Blocker> blockers, Duration waited, Optional<ChangeSetInfo> changeSet)
            implements ConnectionEvent {
        public LockWaiting {
            blockers = List.copyOf(blockers);
        }

        @Override
        public String name() {
            return "lock.waiting";
        }

        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.lockWaiting(this);
        }
    }

    /** The connection was lost; the run tries another one. */
    record Lost(String reason) implements ConnectionEvent {
        @Override
        public String name() {
            return "connection.lost";
        }

        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.lost(this);
        }
    }

    /**
     * The server's own message: NOTICE, WARNING, INFO, LOG or DEBUG from SQL.
     *
     * @param severity the word in the language of the server's messages
     * @param sqlState null if the message didn't come from the server
     */
    record Notice(String severity, @Nullable String sqlState, String message, Optional<ChangeSetInfo> changeSet)
            implements ConnectionEvent {
        @Override
        public String name() {
            return "notice";
        }

        /**
         * A translated warning is known by its SQLSTATE alone, since pgjdbc doesn't give the severity that isn't
         * translated. An untranslated one may have an SQLSTATE of any class.
         */
        @Override
        public Level level() {
            return severity.equals("WARNING") || SqlStates.warning(sqlState) ? Level.WARN : Level.INFO;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.notice(this);
        }
    }
}
