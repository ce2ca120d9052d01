package dev.lockkeeper.run.session;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.parse.ChangelogParser;
import dev.lockkeeper.model.Failure;
import dev.lockkeeper.run.Run;

/** The changelog as a session must see it. */
public final class Changelogs {
    private Changelogs() {}

    /** Parsed again where it uses database parameters: their text, and so the checksums, need the connection. */
    public static Changelog forSession(Run run, Changelog offline, Session session) throws Failure {
        return offline.needsDatabase()
                ? ChangelogParser.parse(run.settings().changelog(), session.schemas(), session.connection())
                : offline;
    }
}
