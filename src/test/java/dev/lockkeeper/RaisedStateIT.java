package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.Finished;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change set's own SQL raises an SQLSTATE that otherwise means that the connection is gone. The session still answers. */
class RaisedStateIT extends DatabaseCase {
    private static String raising(String state) {
        return "DO $$ BEGIN RAISE EXCEPTION 'the archive is down' USING ERRCODE = '" + state + "'; END $$;";
    }

    /** 08001 is what dblink and postgres_fdw raise; 57P01 what a remote server says that is shut down meanwhile. */
    @ParameterizedTest
    @CsvSource({"08001, ", "08006, ", "57P01, ", "25006, ", "08006, runInTransaction:false"})
    void it_is_the_change_sets_failure(String state, String attributes) throws Exception {
        changelog
                .changeSet("1", "CREATE TABLE a (x int);")
                .changeSet("2", "splitStatements:false " + (attributes == null ? "" : attributes), raising(state));
        Finished run = run().exits(1).says(state, "the archive is down", "root.sql::2::team");
        assertThat(run.events("connection.lost")).isEmpty();
        assertThat(run.events("changeset.failed")).hasSize(1);
        assertThat(run.text("stateAfter")).isEqualTo("pending");
        assertThat(history()).containsExactly("1");
    }

    @Test
    void a_transaction_that_the_change_set_makes_read_only_is_its_own_failure() {
        changelog
                .changeSet("1", "CREATE TABLE a (x int);")
                .changeSet("2", "SET TRANSACTION READ ONLY; INSERT INTO a VALUES (1);");
        Finished run = run().exits(1).says("25006", "INSERT INTO a", "rolled back");
        assertThat(run.events("connection.lost")).isEmpty();
    }

    @Test
    void what_may_fail_may_fail_by_it_too() throws Exception {
        changelog
                .changeSet("1", "failOnError:false splitStatements:false", raising("08001"))
                .file("root.sql", """
                        --liquibase formatted sql

                        --changeset team:1 failOnError:false splitStatements:false
                        %s

                        --changeset team:2
                        --preconditions onError:MARK_RAN
                        --precondition-sql-check expectedResult:1 SELECT remote_rows()
                        CREATE TABLE archived (x int);

                        --changeset team:3
                        CREATE TABLE b (x int);
                        """.formatted(raising("08001")));
        database.execute("""
                CREATE FUNCTION remote_rows() RETURNS int LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'the archive is down' USING ERRCODE = '08001'; END $$""");
        Finished run = run().exits(0);
        assertThat(run.events("connection.lost")).isEmpty();
        assertThat(run.events("changeset.skipped")).hasSize(1);
        assertThat(database.rows("SELECT id || ' ' || exectype FROM databasechangelog ORDER BY orderexecuted"))
                .containsExactly("2 MARK_RAN", "3 EXECUTED");
    }
}
