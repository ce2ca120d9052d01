package dev.lockkeeper.run;

import dev.lockkeeper.changelog.Changelog;
import dev.lockkeeper.changelog.ChangelogParser;
import dev.lockkeeper.model.Failure;

/** The changelog as a session must see it. */
final class Changelogs {
    private Changelogs() {}

    /** Parsed again where it uses database parameters: their text, and so the checksums, need the connection. */
    static Changelog forSession(Run run, Changelog offline, Session session) throws Failure {
        return offline.needsDatabase()
                ? ChangelogParser.parse(run.settings().changelog(), session.connection())
                : offline;
    }
}
