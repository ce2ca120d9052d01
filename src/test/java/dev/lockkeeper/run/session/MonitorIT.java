package dev.lockkeeper.run.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.Background;
import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.model.event.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MonitorIT extends DatabaseCase {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final List<Connection> opened = new CopyOnWriteArrayList<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();

    private Connection open() throws SQLException {
        Connection connection = database.connect();
        opened.add(connection);
        return connection;
    }

    @Test
    void a_connection_that_is_established_after_the_monitor_was_closed_is_closed_too() throws Exception {
        CountDownLatch connecting = new CountDownLatch(1);
        CountDownLatch monitorClosed = new CountDownLatch(1);
        Monitor monitor = new Monitor(events::add, () -> {
            connecting.countDown();
            await(monitorClosed);
            return open();
        });
        Background<Optional<Connection>> observing = Background.start(monitor::connection);
        await(connecting);
        monitor.close();
        monitorClosed.countDown();

        assertThat(observing.result(SOON)).isEmpty();
        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).isClosed()).isTrue();
        assertThat(monitor.connection()).isEmpty();
        assertThat(opened).hasSize(1);
        assertThat(events).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void one_connection_serves_until_it_is_lost_and_the_next_is_opened_after_a_pause() throws Exception {
        Monitor monitor = new Monitor(events::add, this::open);
        assertThat(monitor.connection()).isEqualTo(monitor.connection()).isNotEmpty();

        monitor.broke(new SQLException("a statement failed", "42501"));
        assertThat(monitor.connection()).contains(opened.get(0));

        monitor.broke(new SQLException("the server is gone", "08006"));
        assertThat(monitor.connection()).isEmpty();
        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).isClosed()).isTrue();
        assertThat(events).hasSize(2).allMatch(event -> event.level() == Event.Level.DEBUG);
    }

    @Test
    void a_monitor_that_never_worked_is_a_warning_once() {
        Monitor monitor = new Monitor(events::add, () -> {
            throw new SQLException("too many connections", "53300");
        });
        assertThat(monitor.connection()).isEmpty();
        monitor.broke(new SQLException("too many connections", "53300"));
        assertThat(events).extracting(Event::level).containsExactly(Event.Level.WARN, Event.Level.DEBUG);
        assertThat(monitor.silence()).isZero();
    }
}
