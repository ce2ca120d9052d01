package dev.lockkeeper.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a database and a changelog of its own. */
public abstract class DatabaseCase {
    @TempDir
    protected Path folder;

    protected TestDatabase database;
    protected ChangelogFolder changelog;

    @BeforeEach
    final void createDatabase() throws IOException, SQLException {
        database = TestDatabase.create();
        changelog = new ChangelogFolder(Files.createDirectories(folder.resolve("changelog")));
    }

    @AfterEach
    final void dropDatabase() throws SQLException {
        database.keepsWith(changelog);
        database.close();
    }

    /** The environment of a run on this database with this changelog. */
    protected Environment environment() {
        return changelog.in(database.environment());
    }

    protected Finished run(String... arguments) {
        return Program.run(environment(), arguments);
    }

    /** A run in the background. */
    protected Running begin(String... arguments) {
        return Program.begin(environment(), arguments);
    }

    /** The ids recorded, in the order they ran. */
    protected List<String> history() throws SQLException {
        return database.rows("SELECT id FROM databasechangelog ORDER BY orderexecuted");
    }

    /** Something that returns rows. */
    public interface Query {
        List<String> rows() throws SQLException;
    }

    /** Waits until a query has rows. */
    protected static void await(Query query) throws Exception {
        Await.until(() -> !query.rows().isEmpty(), () -> "the query has no rows");
    }
}
