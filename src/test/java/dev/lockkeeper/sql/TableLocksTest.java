package dev.lockkeeper.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.model.QualifiedName;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableLocksTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            alter table t add column a int                                   | t
            ALTER TABLE IF EXISTS ONLY App.T * ADD COLUMN a int              | app.t
            alter table "T t"."x.y" rename to z                              | "T t"."x.y"
            alter table t add foreign key (a) references other (id)          | t other
            alter table t add constraint x foreign key (a) references s.o    | t s.o
            alter table t add column a int references o, add b int references p | t o p
            alter table t add column parent int references t                 | t
            alter table t attach partition p for values in (1)               | t p
            alter table t detach partition p                                 | t p
            alter table t alter column a set default 'references x'          | t
            drop table a                                                     | a
            drop table if exists a, s.b cascade                              | a s.b
            truncate a                                                       | a
            truncate table only a, b * restart identity                      | a b
            lock table a, only b in access exclusive mode nowait             | a b
            lock a                                                           | a
            create index i on t (a)                                          | t
            create unique index if not exists i on only s.t (a)              | s.t
            create index on t (a)                                            | t
            create trigger g before update of a, b on t for each row execute function f() | t
            create or replace trigger g after insert or delete on s.t execute function f() | s.t
            create constraint trigger g after insert on t from o execute function f() | t
            alter trigger g on t rename to h                                 | t
            drop trigger if exists g on t cascade                            | t
            create policy p on t for select using (true)                     | t
            alter policy p on t to public                                    | t
            drop policy if exists p on s.t                                   | s.t
            create table t (id int, o int references other (id))             | other
            create table if not exists t (o int, foreign key (o) references s.other) | s.other
            create table t (id int, parent int references t)                 | ''
            create table t partition of parent for values in (1)             | parent
            create temp table t (id int)                                     | ''
            """)
    void a_statement_locks_the_tables_it_names(String sql, String tables) {
        String locked = new SqlStatement(sql)
                .lockedTables().stream().map(Identifier::quoteIfNeeded).collect(Collectors.joining(" "));

        assertThat(locked).isEqualTo(tables.equals("''") ? "" : tables);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index concurrently i on t (a)",
                "create event trigger g on ddl_command_start execute function f()",
                "drop event trigger g",
                "alter index i rename to j",
                "alter table all in tablespace a set tablespace b",
                "alter table",
                "comment on table t is 'x'",
                "insert into t values (1)",
                "select 'drop table t'",
                "create view v as select 1",
                "create policy p",
                "drop index i",
                ""
            })
    void other_statements_name_none(String sql) {
        assertThat(new SqlStatement(sql).lockedTables()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            create table t (id int)                | t
            CREATE UNLOGGED TABLE App.T (id int)   | app.t
            create temp table t (id int)           | t
            create global temporary table t (a int)| t
            create local temp table t as select 1  | t
            create table if not exists s.t (a int) | s.t
            create table "T" (id int)              | "T"
            create table t partition of p default  | t
            """)
    void create_table_names_the_table_it_makes(String sql, String table) {
        assertThat(new SqlStatement(sql).createdTable())
                .map(Identifier::quoteIfNeeded)
                .contains(table);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table t add a int",
                "create temp view v as select 1",
                "create table",
                "create index i on t (a)"
            })
    void other_statements_make_no_table(String sql) {
        assertThat(new SqlStatement(sql).createdTable()).isEmpty();
    }

    @Test
    void a_name_reads_as_sql() {
        assertThat(Identifier.quoteIfNeeded(new QualifiedName(Optional.of("App"), "a\"b")))
                .isEqualTo("\"App\".\"a\"\"b\"");
        assertThat(Identifier.quoteIfNeeded(new QualifiedName(Optional.empty(), "t_1")))
                .isEqualTo("t_1");
    }
}
