package dev.lockkeeper.report;

import dev.lockkeeper.model.ExitCode;
import dev.lockkeeper.model.event.RunResult;
import dev.lockkeeper.model.event.Touched;
import dev.lockkeeper.text.Counted;
import dev.lockkeeper.text.Elapsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A finished run as the last lines that a person reads. */
record ResultText(Ink ink) {

    List<String> lines(RunResult result) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(heading(result.outcome().exitCode()));
        lines.add(result.outcome().happened());
        lines.add(touched(result));
        result.effect().after().ifPresent(state -> lines.add("State after: " + state.word() + ". " + state.sentence()));
        if (!result.whatNow().isEmpty()) {
            lines.add("What now: " + result.whatNow());
        }
        RunResult.Took took = result.took();
        if (took.equals(RunResult.Took.NOTHING)) {
            return lines;
        }
        lines.add("Took " + Elapsed.text(took.whole())
                + (took.lockWait().toMillis() > 0
                        ? ", of which " + Elapsed.text(took.lockWait()) + " waiting for another runner"
                        : ""));
        return lines;
    }

    private String heading(ExitCode code) {
        String word = code.word().toUpperCase(Locale.ROOT);
        if (code == ExitCode.DONE) {
            return ink.good(word);
        }
        String heading = word + " (exit code " + code.number() + ")";
        return code.isFailure() ? ink.bad(heading) : ink.warning(heading);
    }

    private static String touched(RunResult result) {
        int applied = Counts.of(result).applied().size();
        String touched = "Database touched: " + result.effect().touched().word();
        if (result.effect().touched() == Touched.UNKNOWN) {
            return touched + ": the last commit may have landed; the history says";
        }
        return applied == 0 ? touched : touched + ", " + Counted.of(applied, "change set") + " applied";
    }
}
