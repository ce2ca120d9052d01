package dev.lockkeeper.sql.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.model.QualifiedName;
import dev.lockkeeper.sql.SqlStatement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EffectTest {

    private static Effect of(String sql) {
        return Effect.of(new SqlStatement(sql));
    }

    private static QualifiedName name(String schema, String name) {
        return new QualifiedName(Optional.ofNullable(schema), name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index concurrently i on t (a)",
                "create unique index concurrently if not exists i on t (a)",
                "create index i on s.t (a)"
            })
    void it_builds_an_index(String sql) {
        assertThat(of(sql)).isInstanceOf(Effect.BuildsIndex.class);
    }

    @Test
    void it_drops_indexes() {
        assertThat(of("drop /* c */ index concurrently \"S\".I"))
                .isEqualTo(new Effect.DropsIndexes(List.of(name("S", "i"))));
        assertThat(of("DROP INDEX a, s.b CASCADE"))
                .isEqualTo(new Effect.DropsIndexes(List.of(name(null, "a"), name("s", "b"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reindex index concurrently i                        | INDEX    |   | i
            REINDEX (CONCURRENTLY) TABLE "S"."T"                | TABLE    | S | T
            reindex (verbose, concurrently on) schema s         | SCHEMA   |   | s
            reindex (tablespace ts, verbose) table concurrently t | TABLE  |   | t
            reindex database concurrently d                     | DATABASE |   | d
            """)
    void it_rebuilds_indexes(String sql, Effect.Reach reach, String schema, String name) {
        assertThat(of(sql)).isEqualTo(new Effect.Reindexes(reach, Optional.of(name(schema, name))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            alter type mood add value 'ok'                          |   | mood | 'ok'
            ALTER TYPE "App"."Mood" ADD VALUE E'o\\'k' BEFORE 'sad' | App | Mood | E'o\\'k'
            alter type mood add value $$a 'b'$$ after 'c'           |   | mood | $$a 'b'$$
            """)
    void it_adds_a_value_to_an_enum(String sql, String schema, String type, String label) {
        assertThat(of(sql)).isEqualTo(new Effect.AddsEnumValue(name(schema, type), label));
    }

    @Test
    void a_label_may_have_several_tokens() {
        assertThat(of("alter type m add value U&'d!0061ta' uescape '!' before 'x'"))
                .isEqualTo(new Effect.AddsEnumValue(name(null, "m"), "U&'d!0061ta'\nuescape\n'!'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table s.p detach partition \"P 1\" concurrently",
                "ALTER TABLE IF EXISTS ONLY s.p DETACH PARTITION \"P 1\" FINALIZE",
                "alter table s.p * detach partition \"P 1\""
            })
    void it_detaches_a_partition(String sql) {
        assertThat(of(sql)).isEqualTo(new Effect.DetachesPartition(name("s", "p"), name(null, "P 1")));
    }

    @Test
    void it_creates_or_drops_what_belongs_to_the_server() {
        assertThat(of("create database \"D\"")).isEqualTo(new Effect.CreatesDatabase("D", Map.of()));
        assertThat(of("CREATE DATABASE d WITH OWNER = o ENCODING 'UTF8' TEMPLATE template0 CONNECTION LIMIT = -1"
                        + " TABLESPACE DEFAULT STRATEGY wal_log"))
                .isEqualTo(new Effect.CreatesDatabase(
                        "d", Map.of("OWNER", "'o'", "ENCODING", "'UTF8'", "CONNECTION LIMIT", "'-1'")));
        assertThat(of("drop database d with (force)")).isEqualTo(new Effect.DropsDatabase("d"));
        assertThat(of("create tablespace ts owner o location '/x' with (random_page_cost = 1)"))
                .isEqualTo(new Effect.CreatesTablespace("ts", Optional.of("o"), "'/x'"));
        assertThat(of("drop tablespace \"Ts\"")).isEqualTo(new Effect.DropsTablespace("Ts"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vacuum (full) t",
                "analyze t",
                "refresh materialized view concurrently m",
                "alter system set work_mem = '8MB'",
                "alter database d set tablespace ts",
                "alter table t validate constraint c",
                "alter table t alter column c drop not null",
                "alter table t alter c set statistics 500, alter d drop default",
                "alter table t add column if not exists a int check (a in (1)), drop column if exists b",
                "alter type e add value if not exists 'x'",
                "alter role r set lock_timeout = 0",
                "reindex table t",
                "reindex (concurrently off) index i",
                "reindex system",
                "cluster t",
                "create or replace view v as select 1",
                "create table if not exists t (x int)",
                "create extension if not exists hstore",
                "drop index concurrently if exists i",
                "drop database if exists d",
                "insert into t values (1) on conflict do nothing",
                "grant select on t to r",
                "comment on table t is 'x'",
                "set search_path = s"
            })
    void these_may_be_repeated(String sql) {
        assertThat(of(sql)).isEqualTo(new Effect.Repeatable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call p()",
                "do $$ begin commit; end $$",
                "select 1",
                "create table t (x int)",
                "create index on t (x)",
                "create index concurrently on t (x)",
                "create database d template other",
                "create database d icu_locale 'und'",
                "create database d is_template",
                "alter table t add column a int",
                "alter table t add column if not exists a int, add column b int",
                "alter table if exists t add column a int",
                "alter table t alter column c type bigint using c * 2",
                "alter table t set schema s",
                "alter table t rename to u",
                "alter table t attach partition p for values in (1)",
                "alter type m rename value 'a' to 'b'",
                "alter type m add attribute a int",
                "insert into t values (1)",
                "update t set x = x + 1",
                "delete from t",
                "truncate t",
                "create subscription s connection 'x' publication p",
                "commit prepared 'x'",
                "alter type m add value",
                "create tablespace ts",
                ""
            })
    void these_are_not_recognised(String sql) {
        assertThat(of(sql)).isEqualTo(new Effect.Unrecognised());
    }
}
