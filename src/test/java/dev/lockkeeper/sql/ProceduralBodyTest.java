package dev.lockkeeper.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProceduralBodyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do $$ begin commit; end $$",
                "DO $$ BEGIN UPDATE t SET a = 1; COMMIT; END $$",
                "do $x$ begin for i in 1..10 loop commit; end loop; end $x$",
                "do $$ begin if a then rollback; end if; end $$",
                "do $$ begin if a then null; else rollback and chain; end if; end $$",
                "do $$ begin x; /* so */ commit -- now\n; end $$",
                "do 'begin a := ''x''; commit; end'",
                "do E'begin\\n a := \\'x\\'; commit; end'",
                "do language plpgsql $$ begin commit; end $$",
                "do language 'plpgsql' $$ begin commit; end $$",
                "do $$ begin commit; end $$ language 'plpgsql'",
                "do $$ begin x; commit",
                "create procedure p(a text default 'x') language 'plpgsql' as $$ begin commit; end $$",
                "create or replace procedure p() as $$ begin commit; end $$ language plpgsql"
            })
    void these_bodies_commit(String sql) {
        assertThat(new SqlStatement(sql).commitsInside()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do $$ begin update t set a = 1; end $$",
                "do $$ begin /* ; commit; */ end $$",
                "do $$ begin raise notice '; commit;'; end $$",
                "do $$ begin execute $x$ ; commit; $x$; end $$",
                "do $$ begin select case when a then commit else rollback end from t; end $$",
                "do $$ begin update t set commit = 1; \"commit\" := 2; commit := 3; end $$",
                "do $$ begin a.commit; end $$",
                "do language plpgsql",
                "commit",
                "select $$ begin commit; end $$",
                "create function f() returns int as $$ begin commit; end $$ language plpgsql",
                "create procedure p(a text default '; commit;') as $$ begin end $$ language plpgsql"
            })
    void these_do_not(String sql) {
        assertThat(new SqlStatement(sql).commitsInside()).isFalse();
    }
}
