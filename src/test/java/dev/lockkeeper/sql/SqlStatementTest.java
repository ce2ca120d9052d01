package dev.lockkeeper.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStatementTest {

    @ParameterizedTest
    @ValueSource(strings = {"begin", "BEGIN WORK", "begin isolation level serializable", "start /**/ transaction"})
    void these_start_a_transaction(String sql) {
        assertThat(new SqlStatement(sql).startsTransaction()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "\"begin\"", "savepoint a", "select 'begin'", "", "beginning"})
    void these_start_none(String sql) {
        assertThat(new SqlStatement(sql).startsTransaction()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "commit",
                "COMMIT WORK AND CHAIN",
                "end",
                "end transaction",
                "abort",
                "rollback",
                "rollback work",
                "rollback and no chain",
                "prepare transaction 'a'"
            })
    void these_end_a_transaction(String sql) {
        assertThat(new SqlStatement(sql).endsTransaction()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rollback to a",
                "rollback to savepoint a",
                "rollback work to a",
                "ROLLBACK TRANSACTION TO SAVEPOINT a",
                "commit prepared 'a'",
                "rollback prepared 'a'",
                "prepare transaction as select 1",
                "prepare a as select 1",
                "release a",
                "comment on table t is 'commit'",
                "\"commit\"",
                "select 1; commit",
                ""
            })
    void these_end_none(String sql) {
        assertThat(new SqlStatement(sql).endsTransaction()).isFalse();
    }

    @Test
    void the_first_line_is_one_line_without_comments() {
        assertThat(new SqlStatement("create table t ( -- the table\r\n\tid int,\n  /* a */ b text\n)").onOneLine(80))
                .isEqualTo("create table t ( id int, b text )");
        assertThat(new SqlStatement("select 'a\n\n b', \u0007\"c\td\"").onOneLine(80))
                .isEqualTo("select 'a b', \"c d\"");
        assertThat(new SqlStatement("select 'never closed\n at all").onOneLine(80))
                .isEqualTo("select 'never closed at all");
    }

    @Test
    void the_first_line_is_cut_with_a_mark() {
        assertThat(new SqlStatement("select 12").onOneLine(9)).isEqualTo("select 12");
        assertThat(new SqlStatement("select 123").onOneLine(9)).isEqualTo("select 1…");
        assertThat(new SqlStatement("select 1").onOneLine(1)).isEqualTo("…");
        assertThat(new SqlStatement("ab😀cd").onOneLine(4)).isEqualTo("ab…");
        assertThat(new SqlStatement("").onOneLine(1)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new SqlStatement("a").onOneLine(0));
    }
}
