package dev.lockkeeper.run.migration;

import dev.lockkeeper.changelog.apply.ChangeSetObserver;
import dev.lockkeeper.changelog.apply.ChangeSetRun;
import dev.lockkeeper.changelog.apply.End;
import dev.lockkeeper.model.event.ConnectionEvent;
import dev.lockkeeper.model.event.Event;
import dev.lockkeeper.postgres.execution.NoticePoller;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.text.Counted;
import org.jspecify.annotations.Nullable;

/**
 * Reports the server's notices: of each change set the first ones, and how many more there were. Called by the main thread and
 * by the poller's.
 */
final class Notices implements NoticePoller.Sink, ChangeSetObserver {
    /** Of warnings and of all others. */
    static final int MOST = 1_000;

    private final Run run;
    private int warnings;
    private int others;
    private long unreported;

    Notices(Run run) {
        this.run = run;
    }

    @Override
    public synchronized void accept(String severity, @Nullable String sqlState, String message) {
        if (warnings >= MOST && others >= MOST) {
            unreported++;
            return;
        }
        ConnectionEvent.Notice notice = new ConnectionEvent.Notice(
                severity, sqlState, message, run.underway().current());
        boolean warning = notice.level() == Event.Level.WARN;
        if ((warning ? warnings : others) >= MOST) {
            unreported++;
            return;
        }
        warnings += warning ? 1 : 0;
        others += warning ? 0 : 1;
        run.events().accept(notice);
    }

    @Override
    public synchronized void ended(ChangeSetRun ended, End end) {
        if (unreported > 0) {
            run.say(ended.info().id() + ": " + Counted.of(unreported, "more notice") + " of the server not shown.");
        }
        warnings = 0;
        others = 0;
        unreported = 0;
    }
}
