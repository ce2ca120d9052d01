package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is many times as large as the memory: it works, or is refused before it is begun. */
@Tag("anywhere")
class MemoryIT extends DatabaseCase {
    private Finished inLittleMemory(String root, String... arguments) throws Exception {
        Path log = folder.resolve("run.log");
        Environment environment = changelog.in(database.environment(), root);
        Process process = Program.start(environment, log, List.of("-Xmx64m"), arguments);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Finished(process.exitValue(), Files.readString(log));
    }

    @Test
    void notices_and_results_are_not_kept() throws Exception {
        changelog
                .changeSet("notices", "splitStatements:false", """
                        DO $$ BEGIN
                          FOR i IN 1..100000 LOOP RAISE NOTICE 'row %: %', i, repeat('.', 60); END LOOP;
                          RAISE WARNING 'the last one';
                        END $$;""")
                .changeSet("query", "SELECT repeat('.', 400) FROM generate_series(1, 200000);")
                .changeSet(
                        "outside", "runInTransaction:false", "SELECT repeat('.', 400) FROM generate_series(1, 200000);")
                .changeSet("several", "splitStatements:false", """
                        CREATE TABLE t (x int, y text);
                        INSERT INTO t SELECT g, repeat('.', 400) FROM generate_series(1, 100000) g RETURNING y;
                        UPDATE t SET x = 0 WHERE x <= 10;
                        SELECT y FROM t;
                        DROP TABLE t;""");
        Finished run = inLittleMemory("root.sql").exits(0);
        assertThat(run.events("notice")).hasSize(1_001);
        assertThat(run.output()).contains("the last one", "99000 more notices");
        assertThat(run.events("changeset.applied").get(3).get("rows").getAsLong())
                .isEqualTo(10);
    }

    @Test
    void a_function_is_called_for_each_row_of_a_result_and_a_statement_timeout_is_of_all_of_it() throws Exception {
        database.execute("""
                CREATE TABLE filled (x int);
                CREATE FUNCTION fill(g int) RETURNS int LANGUAGE sql AS 'INSERT INTO filled VALUES (g) RETURNING x'""");
        changelog
                .changeSet("fill", "SELECT fill(g) FROM generate_series(1, 5000) g;")
                .changeSet("fails", "SELECT 1 / (g - 3000) FROM generate_series(1, 5000) g;");
        run("baseline", "--none").exits(0);
        run().exits(1).says("22012", "SELECT 1 / (g - 3000)");
        assertThat(database.one("SELECT count(*) FROM filled")).isEqualTo("5000");
        changelog.file("root.sql", """
                --liquibase formatted sql
                --changeset team:fill
                SELECT fill(g) FROM generate_series(1, 5000) g;
                --changeset team:slow
                SELECT pg_sleep(0.0005) FROM generate_series(1, 100000);
                """);
        run("--statement-timeout", "2s").exits(1).says("LOCKKEEPER_STATEMENT_TIMEOUT");
    }

    private void data(int rows) throws IOException {
        String lines = IntStream.range(0, rows)
                .mapToObj(i -> i + ",a text of some length " + i + ",another")
                .collect(Collectors.joining("\n", "id,v,w\n", "\n"));
        changelog.file("data.csv", lines).file("root.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: table
                      author: t
                      changes: [{sql: {sql: "CREATE TABLE a (id int, v text, w text)"}}]
                  - changeSet:
                      id: rows
                      author: t
                      changes: [{loadData: {tableName: a, file: data.csv, relativeToChangelogFile: true}}]
                """);
    }

    @Test
    void a_large_csv_file_is_refused_before_anything_runs_and_may_be_large_once_it_is_loaded() throws Exception {
        data(100_000);
        inLittleMemory("root.yaml").exits(2).untouched().says("root.yaml::rows::t", "data.csv", "more memory");
        assertThat(database.rows("SELECT 1 FROM pg_tables WHERE schemaname = 'public'"))
                .isEmpty();
        database.execute("CREATE TABLE a (id int)");
        Program.run(changelog.in(database.environment(), "root.yaml"), "baseline", "--all")
                .exits(0);
        inLittleMemory("root.yaml", "status", "--check").exits(0);
        inLittleMemory("root.yaml").exits(0);
    }

    @Test
    void a_csv_file_of_some_size_is_loaded() throws Exception {
        data(5_000);
        inLittleMemory("root.yaml").exits(0);
        assertThat(database.one("SELECT count(*) FROM a")).isEqualTo("5000");
    }
}
