package dev.lockkeeper.report;

import dev.lockkeeper.model.event.ChangeSetEvent;
import dev.lockkeeper.text.Counted;
import dev.lockkeeper.text.Elapsed;
import java.util.Locale;

/** How far a long statement is, on one line: a bar if a percentage is known. */
final class ProgressLine {
    private static final int BAR = 20;
    private static final double WHOLE = 100.0;

    private ProgressLine() {}

    static String of(ChangeSetEvent.Progress progress) {
        StringBuilder line = new StringBuilder();
        progress.percent().ifPresent(percent -> {
            int done = (int) Math.round(percent / WHOLE * BAR);
            line.append('[')
                    .append("#".repeat(done))
                    .append(".".repeat(BAR - done))
                    .append(String.format(Locale.ROOT, "] %3.0f %% ", percent));
        });
        progress.phase().ifPresent(phase -> line.append(phase).append(", "));
        progress.rows().ifPresent(rows -> line.append(Counted.of(rows, "row")).append(" so far, "));
        return line.append("running for ")
                .append(Elapsed.text(progress.elapsed()))
                .toString();
    }
}
