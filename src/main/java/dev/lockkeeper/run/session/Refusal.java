package dev.lockkeeper.run.session;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Lines;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.SchemaState;
import dev.lockkeeper.run.Inspection;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.settings.Settings;
import java.util.List;

/** Which states a command that changes the schema refuses, each with what mends it. */
public final class Refusal {
    private Refusal() {}

    /** Throws where the state forbids changes. */
    public static void check(Run run, Inspection found) throws Failure {
        if (found.state() instanceof SchemaState.Untracked untracked) {
            throw new Failure(
                    new Outcome.StateRefused(
                            untracked.sentence(),
                            "Adopt it once. baseline --all: all change sets already ran here. baseline --to-tag TAG: those up to"
                                    + " TAG did. baseline --none: these tables aren't ours, all change sets are still to run."));
        }
        if (found.state() instanceof SchemaState.Inconsistent inconsistent) {
            List<String> what = inconsistent.contradictions().stream()
                    .map(one -> one.what() + "\n      mend: " + one.mend())
                    .toList();
            throw new Failure(new Outcome.StateRefused(
                    inconsistent.sentence() + Lines.indented(what), "Mend each as it says, then run migrate again."));
        }
        if (run.settings().unknownRows() == Settings.UnknownRows.FAIL
                && !found.comparison().unknown().isEmpty()) {
            throw new Failure(new Outcome.StateRefused(
                    unknownRows(found),
                    "Deploy the image that knows them, or allow them by LOCKKEEPER_UNKNOWN=warn (an older image after a"
                            + " rollback of the app, or a history that several changelogs share)."));
        }
    }

    /** Warns where the state is odd but allowed. */
    public static void warn(Run run, Inspection found) {
        if (!found.comparison().unknown().isEmpty()) {
            run.warn(unknownRows(found));
        }
    }

    private static String unknownRows(Inspection found) {
        return "The history has rows that this changelog doesn't know:"
                + Lines.indented(found.comparison().unknown());
    }
}
