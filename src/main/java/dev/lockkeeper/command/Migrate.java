package dev.lockkeeper.command;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.apply.ChangeSetFailure;
import dev.lockkeeper.changelog.parse.ChangelogParser;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Outcome;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.run.migration.Migration;
import dev.lockkeeper.run.migration.Range;
import dev.lockkeeper.run.migration.Reconnects;
import dev.lockkeeper.run.session.Session;
import java.sql.SQLException;

/** Applies what is pending, over as many connections as that takes. */
public final class Migrate implements Task {
    @Override
    public String name() {
        return "migrate";
    }

    @Override
    public Outcome perform(Run run) throws Failure, ChangeSetFailure, SQLException {
        Changelog changelog = ChangelogParser.parse(run.settings().changelog());
        Range range = Range.of(run.settings().command(), changelog);
        Reconnects reconnects = new Reconnects(run);
        while (true) {
            try (Session session = Session.writing(run)) {
                return new Migration(run, session, range).perform(changelog);
            } catch (ChangeSetFailure e) {
                reconnects.goOn(e);
            } catch (SQLException e) {
                reconnects.goOn(e);
            } catch (Failure e) {
                throw reconnects.notRegained(e);
            }
            changelog = ChangelogParser.parse(run.settings().changelog());
        }
    }
}
