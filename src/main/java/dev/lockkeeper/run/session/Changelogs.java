package dev.lockkeeper.run.session;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.parse.ChangelogParser;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.run.Run;

/** The changelog as a session must see it. */
public final class Changelogs {
    private Changelogs() {}

    /** Parsed again if it uses database parameters: its text, and so its checksums, depend on the connection. */
    public static Changelog forSession(Run run, Changelog offline, Session session) throws Failure {
        return offline.needsDatabase()
                ? ChangelogParser.parse(run.settings().changelog(), session.schemas(), session.connection())
                : offline;
    }

    /** Parsed anew: Liquibase keeps state in the change sets, so one changelog serves one attempt. */
    public static Changelog fresh(Run run, Session session) throws Failure {
        return forSession(run, ChangelogParser.parse(run.settings().changelog()), session);
    }
}
