package dev.lockkeeper.command;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.failure.ChangeSetFailure;
import dev.lockkeeper.changelog.parse.ChangelogParser;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.migration.MigrateSettings;
import dev.lockkeeper.run.migration.Migration;
import dev.lockkeeper.run.migration.Range;
import dev.lockkeeper.run.migration.Reconnects;
import dev.lockkeeper.run.session.Opened;
import dev.lockkeeper.settings.CommandOption;
import dev.lockkeeper.settings.Problems;
import dev.lockkeeper.settings.Values;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Applies what is pending, over as many connections as that takes. */
public final class Migrate implements Command {
    private static final CommandOption TO_TAG = CommandOption.value(
                    "--to-tag", "TAG", "up to and with the change set that sets this tag")
            .orVariable("LOCKKEEPER_TO_TAG");
    private static final CommandOption COUNT =
            CommandOption.value("--count", "N", "at most this many change sets").orVariable("LOCKKEEPER_COUNT");
    private static final CommandOption TAG =
            CommandOption.value("--tag", "NAME", "mark the level reached").orVariable("LOCKKEEPER_TAG");
    private static final CommandOption FAIL_ON_SKIP = CommandOption.flag(
                    "--fail-on-skip", "exit 1 if a change set was skipped")
            .orVariable("LOCKKEEPER_FAIL_ON_SKIP");

    @Override
    public String name() {
        return "migrate";
    }

    @Override
    public String description() {
        return "Applies what is pending.";
    }

    @Override
    public List<CommandOption> options() {
        return List.of(TO_TAG, COUNT, TAG, FAIL_ON_SKIP);
    }

    @Override
    public Work prepare(Values values, Problems problems) {
        Optional<String> toTag = values.text(TO_TAG);
        Optional<Integer> count = values.number(COUNT, 1);
        if (toTag.isPresent() && count.isPresent()) {
            problems.error("--to-tag and --count can't be combined: name the one that ends the range");
        }
        MigrateSettings settings =
                new MigrateSettings(toTag, count, values.parsed(TAG, Tag::checked), values.flag(FAIL_ON_SKIP));
        return run -> {
            try {
                return perform(run, settings);
            } finally {
                run.tally().answered(run.tally().migrated());
            }
        };
    }

    private static Outcome perform(Run run, MigrateSettings settings) throws Failure, ChangeSetFailure, SQLException {
        Changelog changelog = ChangelogParser.parse(run.settings().changelog());
        Migration migration = new Migration(run, settings, Range.of(settings.toTag(), settings.count(), changelog));
        Reconnects reconnects = new Reconnects(run);
        while (true) {
            Optional<Outcome> outcome = overOneConnection(run, changelog, migration, reconnects);
            if (outcome.isPresent()) {
                return outcome.get();
            }
            changelog = ChangelogParser.parse(run.settings().changelog());
        }
    }

    /** Empty if the connection was lost and another one may go on. */
    private static Optional<Outcome> overOneConnection(
            Run run, Changelog changelog, Migration migration, Reconnects reconnects) {
        Endings endings = new Endings(run);
        try (Opened opened = Opened.writing(run, changelog)) {
            try {
                return Optional.of(migration.perform(opened));
            } catch (ChangeSetFailure | SQLException | Failure e) {
                return reconnects.end(e, opened.session().connection()).map(endings::of);
            }
        } catch (SQLException | Failure e) {
            return reconnects.endWithout(e).map(endings::of);
        }
    }
}
