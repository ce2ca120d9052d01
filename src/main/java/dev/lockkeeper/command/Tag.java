package dev.lockkeeper.command;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.parse.ChangelogParser;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.run.Inspection;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.session.HistoryFit;
import dev.lockkeeper.run.session.Opened;
import dev.lockkeeper.run.session.Refusal;
import dev.lockkeeper.settings.CommandOption;
import dev.lockkeeper.settings.Problems;
import dev.lockkeeper.settings.Values;
import dev.lockkeeper.sql.Written;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Marks the current level with a name. */
public final class Tag implements Command {
    private static final CommandOption NAME =
            CommandOption.argument("NAME", "the name to give").orVariable("LOCKKEEPER_TAG");
    private static final int LONGEST = 255;

    @Override
    public String name() {
        return "tag";
    }

    @Override
    public String description() {
        return "Marks the current level with a name.";
    }

    @Override
    public List<CommandOption> options() {
        return List.of(NAME);
    }

    @Override
    public Work prepare(Values values, Problems problems) {
        if (values.text(NAME).isEmpty()) {
            problems.error("tag needs a name: write tag NAME, or set LOCKKEEPER_TAG");
        }
        String name = values.parsed(NAME, Tag::checked).orElse("");
        return run -> perform(run, name);
    }

    /**
     * A tag's name, without the spaces around it.
     *
     * @throws IllegalArgumentException if it is too long for the history
     */
    static String checked(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a tag has at most 255 characters");
        }
        return text.strip();
    }

    private static Outcome perform(Run run, String name) throws Failure, SQLException {
        Changelog offline = ChangelogParser.parse(run.settings().changelog());
        try (Opened opened = Opened.locked(run, offline)) {
            return new Endings(run).judge(() -> mark(run, opened, name));
        }
    }

    private static Outcome mark(Run run, Opened opened, String name) throws Failure, SQLException {
        Inspection found = opened.found();
        Refusal.check(run, found);
        if (found.rows().filter(rows -> !rows.isEmpty()).isEmpty()) {
            throw new Failure(new Refused.StateRefused(
                    "The history is empty: there is no level to mark.", "Run migrate, or baseline, first."));
        }
        Refusal.warn(run, found);
        HistoryFit.requireFor(opened, Set.of(), Optional.of(name));
        found.lastTag()
                .filter(old -> !old.equals(name))
                .ifPresent(old -> run.warn("This level was tagged " + old + "; a level has one tag, so that is gone."));
        opened.historyWriter().tag(name);
        run.tally().wrote(Written.CERTAIN);
        opened.inspectAfter();
        return new Outcome.Done("The current level is tagged " + name + ".");
    }
}
