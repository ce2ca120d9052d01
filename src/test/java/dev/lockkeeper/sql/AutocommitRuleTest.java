package dev.lockkeeper.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutocommitRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index concurrently i on t (a)",
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)",
                "create index /* online */ concurrently on t (a)",
                "drop index concurrently i",
                "drop index concurrently if exists i",
                "reindex index concurrently i",
                "reindex table concurrently t",
                "reindex (verbose) table concurrently t",
                "reindex (concurrently) index i",
                "reindex (verbose, concurrently true) index i",
                "reindex database d",
                "reindex (verbose) database",
                "reindex system",
                "reindex schema s",
                "alter table t detach partition p concurrently",
                "alter table if exists s.t detach partition s.\"P\" concurrently",
                "vacuum",
                "vacuum (full, analyze) t",
                "create database d",
                "drop database if exists d",
                "create tablespace ts location '/x'",
                "drop tablespace ts",
                "alter system set work_mem = '64MB'",
                "alter database d set tablespace ts",
                "alter database \"D\" set tablespace ts",
                "cluster",
                "cluster verbose",
                "cluster (verbose)",
                "cluster;",
                "discard all",
                "commit prepared 'a'",
                "rollback prepared 'a'"
            })
    void these_are_refused_in_a_transaction(String sql) {
        assertThat(new SqlStatement(sql).needsAutocommit()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index i on t (a)",
                "create unique index i on t (a)",
                "create index \"concurrently\" on t (a)",
                "drop index i",
                "reindex index i",
                "reindex (verbose) table t",
                "reindex (concurrently false) index i",
                "reindex (concurrently off, verbose) index i",
                "reindex (concurrently 0) index i",
                "refresh materialized view concurrently m",
                "alter table t detach partition p",
                "alter table t detach partition p finalize",
                "alter table t add column concurrently_built int",
                "alter database d set work_mem = '64MB'",
                "alter database d owner to o",
                "cluster t",
                "cluster t using i",
                "cluster verbose t",
                "cluster (verbose) t",
                "analyze t",
                "discard plans",
                "create table database (tablespace int)",
                "comment on table t is 'vacuum'",
                "alter type e add value 'x'",
                "commit",
                "rollback",
                "reindex",
                "reindex (",
                ""
            })
    void these_are_not(String sql) {
        assertThat(new SqlStatement(sql).needsAutocommit()).isFalse();
    }
}
