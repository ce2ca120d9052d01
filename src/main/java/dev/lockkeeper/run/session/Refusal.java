package dev.lockkeeper.run.session;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.model.SchemaState;
import dev.lockkeeper.run.Inspection;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.settings.Settings;
import dev.lockkeeper.text.Lines;
import java.util.Optional;

/** Which states a command that changes the schema refuses, each with its fix. */
public final class Refusal {
    /** What is said of a changelog that has none, which is allowed: a new project's root begins like that. */
    public static final String NO_CHANGE_SETS = "The changelog has no change sets";

    private Refusal() {}

    /** Throws a Failure if the state forbids changes. */
    public static void check(Run run, Inspection found) throws Failure {
        Optional<Refused.StateRefused> refused = of(run, found);
        if (refused.isPresent()) {
            throw new Failure(refused.get());
        }
    }

    /** Why the state forbids changes, with the fix; empty if it allows them. */
    public static Optional<Refused.StateRefused> of(Run run, Inspection found) {
        if (found.state() instanceof SchemaState.Untracked untracked) {
            return Optional.of(
                    new Refused.StateRefused(
                            untracked.sentence(),
                            "Adopt it once. baseline --all: all change sets already ran here. baseline --to-tag TAG: those up to"
                                    + " TAG ran. baseline --none: these tables belong to something else, no change set has run."));
        }
        if (found.state() instanceof SchemaState.Inconsistent inconsistent) {
            return Optional.of(new Refused.StateRefused(
                    inconsistent.details(),
                    inconsistent.contradictions().size() == 1
                            ? "Apply the fix shown above, then run this again."
                            : "Apply the fix shown under each of them, then run this again."));
        }
        if (run.settings().unknownRows() == Settings.UnknownRows.FAIL
                && !found.comparison().unknown().isEmpty()) {
            return Optional.of(new Refused.StateRefused(
                    unknownRows(found),
                    "Deploy the image that knows them, or allow them with LOCKKEEPER_UNKNOWN=warn (for an older image after a"
                            + " rollback of the app, or for a history that several changelogs share)."));
        }
        return Optional.empty();
    }

    /** Warns if the changelog is empty, or if the history has rows that it doesn't know; both are allowed. */
    public static void warn(Run run, Inspection found) {
        if (found.comparison().judged().isEmpty()) {
            run.warn(NO_CHANGE_SETS + ".");
        }
        if (!found.comparison().unknown().isEmpty()) {
            run.warn(unknownRows(found));
        }
    }

    private static String unknownRows(Inspection found) {
        return "The history has rows that this changelog doesn't know:"
                + Lines.indented(found.comparison().unknown());
    }
}
