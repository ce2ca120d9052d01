package dev.lockkeeper.harness;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work that continues while the test does something else. */
public final class Background<T> {
    private final FutureTask<T> task;

    private Background(FutureTask<T> task) {
        this.task = task;
    }

    public static <T> Background<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "background");
        thread.setDaemon(true);
        thread.start();
        return new Background<>(task);
    }

    public T result(Duration longest) throws InterruptedException, ExecutionException, TimeoutException {
        return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    public boolean isDone() {
        return task.isDone();
    }
}
