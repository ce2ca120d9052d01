package dev.lockkeeper.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StopwatchTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong clock = new AtomicLong(42 * SECOND);

    @Test
    void a_stopwatch_measures_from_its_start() {
        Stopwatch stopwatch = Stopwatch.started(clock::get);
        assertThat(stopwatch.elapsed()).isZero();
        clock.addAndGet(3 * SECOND);
        assertThat(stopwatch.elapsed()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void a_clock_that_overflows_changes_nothing() {
        clock.set(Long.MAX_VALUE - SECOND);
        Stopwatch stopwatch = Stopwatch.started(clock::get);
        Deadline deadline = Deadline.in(Duration.ofSeconds(3), clock::get);
        clock.addAndGet(2 * SECOND);
        assertThat(stopwatch.elapsed()).isEqualTo(Duration.ofSeconds(2));
        assertThat(deadline.left()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_deadline_passes_when_no_time_is_left() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(2), clock::get);
        assertThat(deadline.left()).isEqualTo(Duration.ofSeconds(2));
        clock.addAndGet(2 * SECOND - 1);
        assertThat(deadline.passed()).isFalse();
        clock.addAndGet(1);
        assertThat(deadline.passed()).isTrue();
        clock.addAndGet(SECOND);
        assertThat(deadline.left()).isZero();
    }

    @Test
    void a_deadline_of_no_time_has_passed_at_once() {
        assertThat(Deadline.in(Duration.ZERO, clock::get).passed()).isTrue();
    }

    @Test
    void a_deadline_may_be_longer_than_a_count_of_nanoseconds_can_hold() {
        Deadline deadline = Deadline.in(Duration.ofDays(1_000_000), clock::get);
        clock.addAndGet(SECOND);
        assertThat(deadline.passed()).isFalse();
        assertThat(deadline.left()).isEqualTo(Duration.ofDays(1_000_000).minusSeconds(1));
    }

    @Test
    void the_real_clock_runs() {
        assertThat(Stopwatch.started().elapsed()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(Deadline.in(Duration.ofHours(1)).passed()).isFalse();
    }
}
