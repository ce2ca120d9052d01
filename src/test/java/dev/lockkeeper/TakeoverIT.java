package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.fixture.LargeChangelog;
import dev.lockkeeper.fixture.PlainLiquibase;
import dev.lockkeeper.fixture.SchemaDump;
import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.PostgresServer;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.harness.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What plain Liquibase ran, we take over as it is; what we ran, plain Liquibase reads as its own. */
class TakeoverIT {
    private static final String THIRD = """
            --changeset team:3
            CREATE TABLE c (x int);""";

    @TempDir
    private Path folder;

    private static PlainLiquibase plain(TestDatabase database, Path searchPath, String file) {
        String url = "jdbc:postgresql://" + PostgresServer.shared().host() + ":"
                + PostgresServer.shared().port() + "/" + database.name();
        return new PlainLiquibase(url, database.role(), TestDatabase.PASSWORD, searchPath, file);
    }

    @Test
    void a_history_of_plain_liquibase_is_continued_and_read_back_by_it() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            ChangelogFolder changelog = new ChangelogFolder(folder);
            springStyle(changelog, "", "");
            PlainLiquibase plain = plain(database, folder, "db/changelog/db.changelog-master.yaml");
            PlainLiquibase.Result first = plain.update();
            assertThat(first.exitCode()).as(first.output()).isZero();

            Environment environment =
                    changelog.in(database.environment(), "classpath:/db/changelog/db.changelog-master.yaml");
            assertThat(Program.run(environment, "status").exits(0).text("stateBefore"))
                    .isEqualTo("up-to-date");
            database.execute("UPDATE databasechangelog SET filename = 'classpath:/' || filename");
            assertThat(Program.run(environment, "status").exits(0).text("stateBefore"))
                    .isEqualTo("up-to-date");

            springStyle(changelog, "classpath:", THIRD);
            Finished run = Program.run(environment).exits(0);
            assertThat(run.result().get("appliedCount").getAsInt()).isEqualTo(1);
            assertThat(database.one("SELECT count(*) FROM databasechangelog")).isEqualTo("3");

            springStyle(changelog, "", THIRD);
            PlainLiquibase.Result again = plain.update();
            assertThat(again.exitCode()).as(again.output()).isZero();
            assertThat(database.one("SELECT count(*) FROM databasechangelog")).isEqualTo("3");
        }
    }

    private static void springStyle(ChangelogFolder changelog, String prefix, String more) {
        changelog
                .file("db/changelog/db.changelog-master.yaml", """
                        databaseChangeLog:
                          - include: {file: db/changelog/one.sql}
                          - include: {file: "%sdb/changelog/two.sql"}
                        """.formatted(prefix))
                .file("db/changelog/one.sql", """
                        --liquibase formatted sql
                        --changeset team:1
                        CREATE TABLE a (x int);
                        %s
                        """.formatted(more))
                .file("db/changelog/two.sql", """
                        --liquibase formatted sql
                        --changeset team:2
                        CREATE TABLE b (x int);
                        """);
    }

    @Test
    void a_large_changelog_gives_the_same_schema_as_with_plain_liquibase() throws Exception {
        LargeChangelog.write(folder);
        try (TestDatabase theirs = TestDatabase.create();
                TestDatabase ours = TestDatabase.create()) {
            PlainLiquibase.Result result =
                    plain(theirs, folder, LargeChangelog.ROOT).update();
            assertThat(result.exitCode()).as(result.output()).isZero();

            Environment environment = new ChangelogFolder(folder).in(ours.environment(), LargeChangelog.ROOT);
            Path log = folder.resolve("ours.log");
            Process process = Program.start(environment, log, List.of(), "migrate");
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            Finished finished = new Finished(process.exitValue(), Files.readString(log)).exits(0);

            assertThat(dump(ours)).isEqualTo(dump(theirs));
            assertThat(finished.result().get("appliedCount").getAsInt()).isGreaterThan(250);
            onlyTheOneThatNeverWorksIsPending(Program.run(environment, "status"));
            onlyTheOneThatNeverWorksIsPending(
                    Program.run(new ChangelogFolder(folder).in(theirs.environment(), LargeChangelog.ROOT), "status"));
        }
    }

    /** It says failOnError: false, so Liquibase tries it again on every update. */
    private static void onlyTheOneThatNeverWorksIsPending(Finished status) {
        assertThat(status.exits(0).result().getAsJsonArray("pending")).hasSize(1);
        assertThat(status.result().get("pending").toString()).contains("preamble.xml");
    }

    /** Structure and history; the owner's name is the database's, and no difference. */
    private static String dump(TestDatabase database) throws Exception {
        try (var connection = database.connect()) {
            return (SchemaDump.of(connection, "public") + "\n" + String.join("\n", SchemaDump.history(connection)))
                    .replace(database.role(), "owner");
        }
    }
}
